import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Sealer } from '../kernel/seal.ts'
import type { SigningKey } from './jwt.ts'

/** A key pair as its row holds it. The private half can be opened only with the master key. */
export interface StoredKeyPair {
  readonly kid: string
  readonly n: string
  readonly e: string
  readonly sealedPrivateKey: string
}

const generate = promisify(generateKeyPair)

/** A new RSA key of 2048 bits, made in Node's thread pool; takes 30 to 300 ms of a core. */
export async function generateStoredKeyPair(sealer: Sealer): Promise<StoredKeyPair> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2_048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const kid = thumbprint(n, e)
  const der = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return { kid, n, e, sealedPrivateKey: sealer.seal(der, contextOf(kid)) }
}

/** The half that signs. Refuses when the row was sealed under another master key. */
export function openKeyPair({ kid, sealedPrivateKey }: StoredKeyPair, sealer: Sealer): SigningKey {
  const der = Buffer.from(sealer.open(sealedPrivateKey, contextOf(kid)), 'base64')
  return { kid, privateKey: importPrivateKey(der) }
}

/** The half that everybody may read, as a JSON Web Key with the members that Cognito's keys have. */
export function describePublicKey({ kid, n, e }: StoredKeyPair): object {
  return { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' }
}

/** The same half, to verify a token of our own. */
export function importPublicKey({ n, e }: StoredKeyPair): KeyObject {
  return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
}

function importPrivateKey(key: Buffer): KeyObject {
  return createPrivateKey({ key, type: 'pkcs8', format: 'der' })
}

function contextOf(kid: string): string {
  return `issuer-key/${kid}`
}

/** RFC 7638 §3: a name that the key itself gives. */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url')
}
