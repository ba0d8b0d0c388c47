// Secrets at rest. Each value has a data key of its own, and only that key is encrypted under the
// master key, so that a new master key means rewrapping keys and not re-encrypting values.
//
// A sealed value is `v1.` and, in base64url: nonce, wrapped data key, tag; nonce, tag, ciphertext.
// All of it is AES-256-GCM with random 96-bit nonces (NIST SP 800-38D §8.2.2).
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HostError } from './host-error.ts'

export interface Sealer {
  /** Encrypts. What is sealed for one `context` (the row it belongs to, say) opens for no other. */
  seal(plain: string, context?: string): string
  /** Decrypts, or refuses what was changed, moved to another context or sealed by another key. */
  open(sealed: string, context?: string): string
}

const CIPHER = 'aes-256-gcm'
const VERSION = 'v1'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES
const MIN_BYTES = WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES

/** A sealer whose master key is read from a file, made at the first use, or given as text. */
export async function loadSealer(masterKey: string | { readonly key: string }): Promise<Sealer> {
  const isFile = typeof masterKey === 'string'
  const text = isFile ? await readOrCreate(masterKey) : masterKey.key
  const key = parseMasterKey(text)
  if (key !== undefined) return createSealer(key)
  const where = isFile ? `The master key file ${masterKey}` : 'The master key'
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${where} must hold 32 bytes in base64 or hex, such as \`openssl rand -base64 32\` prints`,
  )
}

function createSealer(masterKey: Buffer): Sealer {
  return {
    seal(plain, context = '') {
      const dataKey = randomBytes(KEY_BYTES)
      const label = Buffer.from(context)
      const wrapped = encrypt(masterKey, dataKey, Buffer.from(VERSION))
      const sealed = Buffer.concat([wrapped, encrypt(dataKey, Buffer.from(plain), label)])
      return `${VERSION}.${sealed.toString('base64url')}`
    },
    open(sealed, context = '') {
      const [version, text, ...rest] = sealed.split('.')
      const bytes = Buffer.from(text ?? '', 'base64url')
      if (version !== VERSION || rest.length > 0 || bytes.length < MIN_BYTES) throw unreadable()
      // base64url readers skip what they do not know; a changed text must not open all the same
      if (bytes.toString('base64url') !== text) throw unreadable()
      try {
        const wrapped = bytes.subarray(0, WRAPPED_BYTES)
        const dataKey = decrypt(masterKey, wrapped, Buffer.from(VERSION))
        const value = bytes.subarray(WRAPPED_BYTES)
        return decrypt(dataKey, value, Buffer.from(context)).toString('utf8')
      } catch (cause) {
        throw unreadable(cause)
      }
    },
  }
}

function encrypt(key: Buffer, plain: Buffer, label: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(label)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

function decrypt(key: Buffer, bytes: Buffer, label: Buffer): Buffer {
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(label).setAuthTag(tag)
  const text = bytes.subarray(NONCE_BYTES + TAG_BYTES)
  return Buffer.concat([decipher.update(text), decipher.final()])
}

function unreadable(cause?: unknown): HostError {
  const message = 'A sealed value was changed, or belongs to another master key'
  return new HostError('ERR_CONFLICT', message, { cause })
}

function parseMasterKey(text: string): Buffer | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex')
  if (!/^[\w+/-]{43}=?$/.test(trimmed)) return undefined
  return Buffer.from(trimmed, 'base64') // Node reads both base64 alphabets
}

async function readOrCreate(file: string): Promise<string> {
  return (await readKeyFile(file)) ?? createKeyFile(file)
}

async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new HostError(
        'ERR_INVALID_INPUT',
        `The master key file ${file} can be read by others; allow its owner only: chmod 600`,
      )
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Complete before it has its name, and never over another's: two hosts starting at once agree. */
async function createKeyFile(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await chmod(draft, 0o600) // a umask may take bits away, and must not decide this
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error // the other host was first: its key is the key
    })
  } finally {
    await rm(draft, { force: true })
  }
  const text = await readKeyFile(file)
  if (text !== undefined) return text
  throw new HostError('ERR_CONFLICT', `The master key file ${file} vanished while it was made`)
}
