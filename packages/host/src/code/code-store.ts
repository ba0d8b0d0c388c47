// Unpacked code, once per content: a folder is named after the SHA-256 of the archive it came from, so
// that versions with the same code share it and nothing that runs is ever changed.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, readdirSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { HostError } from '../kernel/host-error.ts'
import type { ZipSource } from './unpack-zip.ts'

/** An archive that was unpacked. */
export interface CodeArtifact {
  /** Of the archive, in base64: what Lambda calls CodeSha256. */
  readonly sha256: string
  /** Bytes of the archive. */
  readonly codeSize: number
  readonly dir: string
}

export interface CodeLimits {
  readonly maxZipBytes: number
  readonly maxUnpackedBytes: number
}

export interface CodeStore {
  /** Unpacks an archive, unless it has been before; the folder is there whole or not at all. */
  put(zip: ZipSource, limits: CodeLimits): Promise<CodeArtifact>
  find(sha256: string): CodeArtifact | undefined
  /**
   * Removes the artifacts that are not named. What was put a moment ago stays in any case: whoever
   * put it may not have said yet that it is needed; so does what `isInUse`.
   */
  keepOnly(
    sha256s: Iterable<string>,
    isInUse?: (artifact: CodeArtifact) => boolean,
  ): Promise<{ readonly hasSparedFresh: boolean }>
}

export interface CodeStoreOptions {
  /** All of it belongs to this store: another feature's artifacts have a folder of their own. */
  readonly dir: string
  /** How long `keepOnly` spares what was just put. */
  readonly graceMs?: number
}

const GRACE_MS = 60_000
/** `<SHA-256 in hex>.<bytes of the archive>` */
const ARTIFACT_NAME = /^([0-9a-f]{64})\.(\d+)$/

/** The artifacts below `dir`, which is looked into when it is first needed. */
export function openCodeStore({ dir, graceMs = GRACE_MS }: CodeStoreOptions): CodeStore {
  let known: Map<string, CodeArtifact> | undefined
  const putAt = new Map<string, number>()
  const unpacking = new Map<string, Promise<CodeArtifact>>()
  /** Names of folders that are being filled. */
  const partials = new Set<string>()
  const artifacts = () => (known ??= readArtifacts(dir))

  async function unpack(zip: ZipSource, artifact: CodeArtifact, limits: CodeLimits) {
    const name = `${randomUUID()}.partial`
    const partial = join(dir, name)
    partials.add(name)
    await mkdir(partial, { recursive: true, mode: 0o700 })
    try {
      const { unpackZip } = await import('./unpack-zip.ts')
      await unpackZip(zip, partial, limits)
      await rename(partial, artifact.dir)
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    } finally {
      partials.delete(name)
    }
    artifacts().set(artifact.sha256, artifact)
    return artifact
  }

  return {
    async put(zip, limits) {
      const { sha256, codeSize } = await readIdentity(zip, limits)
      putAt.set(sha256, performance.now())
      const found = artifacts().get(sha256) ?? unpacking.get(sha256)
      if (found !== undefined) return found
      const name = `${Buffer.from(sha256, 'base64').toString('hex')}.${codeSize}`
      const unpacked = unpack(zip, { sha256, codeSize, dir: join(dir, name) }, limits)
      unpacking.set(sha256, unpacked)
      return unpacked.finally(() => unpacking.delete(sha256))
    },

    find: (sha256) => artifacts().get(sha256),

    async keepOnly(sha256s, isInUse = () => false) {
      const kept = new Set(sha256s)
      const now = performance.now()
      for (const [sha256, time] of putAt) if (time + graceMs <= now) putAt.delete(sha256)
      let hasSparedFresh = false
      for (const artifact of artifacts().values()) {
        if (kept.has(artifact.sha256) || isInUse(artifact)) continue
        if (putAt.has(artifact.sha256)) {
          hasSparedFresh = true
          continue
        }
        artifacts().delete(artifact.sha256)
        // Under another name first: a removal that is interrupted must not look like an artifact.
        const gone = join(dir, `${randomUUID()}.partial`)
        await rename(artifact.dir, gone)
        await rm(gone, { recursive: true, force: true })
      }
      await removeLeft(dir, partials)
      return { hasSparedFresh }
    },
  }
}

function readArtifacts(dir: string): Map<string, CodeArtifact> {
  const artifacts = new Map<string, CodeArtifact>()
  for (const name of listFolder(dir)) {
    const [, hex, bytes] = ARTIFACT_NAME.exec(name) ?? []
    if (hex === undefined) continue
    const sha256 = Buffer.from(hex, 'hex').toString('base64')
    artifacts.set(sha256, { sha256, codeSize: Number(bytes), dir: join(dir, name) })
  }
  return artifacts
}

function listFolder(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** What a host that was killed in the middle of unpacking or removing has left. */
async function removeLeft(dir: string, partials: ReadonlySet<string>): Promise<void> {
  const names = await readdir(dir).catch(() => []) // nothing was ever put
  for (const name of names) {
    if (!name.endsWith('.partial') || partials.has(name)) continue
    await rm(join(dir, name), { recursive: true, force: true })
  }
}

async function readIdentity(zip: ZipSource, { maxZipBytes }: CodeLimits) {
  const hash = createHash('sha256')
  const codeSize = 'path' in zip ? (await stat(zip.path)).size : zip.byteLength
  if (codeSize > maxZipBytes) {
    const message = `The archive is too large: it has ${codeSize} bytes and may have ${maxZipBytes}`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
  if ('path' in zip) await pipeline(createReadStream(zip.path), hash)
  else hash.update(zip)
  return { sha256: hash.digest('base64'), codeSize }
}
