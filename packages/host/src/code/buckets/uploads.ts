// Objects that arrive in parts (Amazon S3 user guide, "Uploading and copying objects using multipart
// upload"). An upload outlives a restart of the host; it ends when it is completed or aborted.
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import type { Buckets } from './buckets.ts'
import type { IncomingFile } from './incoming.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { mapInGroups } from './map-in-groups.ts'
import { checkKey } from './names.ts'
import type { ObjectNotes } from './object-notes.ts'

export interface Upload {
  readonly bucket: string
  readonly uploadId: string
  readonly key: string
  readonly initiatedAt: Date
  readonly notes: Omit<ObjectNotes, 'etag' | 'checksum'>
  /** How the whole object will be checked; undefined when nobody asked for that. */
  readonly checksum?: { readonly algorithm: string; readonly type: 'FULL_OBJECT' | 'COMPOSITE' }
}

export interface Part extends PartFacts {
  readonly partNumber: number
  readonly size: number
  readonly modifiedAt: Date
  readonly path: string
}

export interface PartFacts {
  /** The MD5 of its bytes, in hexadecimal. */
  readonly etag: string
  /** In base64, by the upload's algorithm. */
  readonly checksum?: string
}

export interface Uploads {
  begin(upload: Omit<Upload, 'uploadId'>): Promise<Upload>
  find(bucket: string, key: string, uploadId: string): Promise<Upload | undefined>
  /** In the order of their keys. */
  list(bucket: string): Promise<readonly Upload[]>
  /** Undefined when the upload has ended meanwhile. */
  putPart(
    upload: Upload,
    partNumber: number,
    file: IncomingFile,
    facts: PartFacts,
  ): Promise<Part | undefined>
  /** In the order of their numbers. */
  parts(upload: Upload): Promise<readonly Part[]>
  /** Removes the upload and what came of it. */
  end(upload: Upload): Promise<void>
}

const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PART_RECORD = /^(\d{1,5})\.json$/
/** Nobody counts what is left lying about; AWS has no limit. */
const MAX_UPLOADS = 1_000

interface StoredPart extends PartFacts {
  readonly file: string
}

export function openUploads({ layout, turns }: Buckets): Uploads {
  const dirOf = ({ bucket, uploadId }: Pick<Upload, 'bucket' | 'uploadId'>) =>
    join(layout.uploadsOf(bucket), uploadId)
  const recordOf = (upload: Pick<Upload, 'bucket' | 'uploadId'>) =>
    join(dirOf(upload), 'upload.json')

  async function read(bucket: string, uploadId: string): Promise<Upload | undefined> {
    if (!UPLOAD_ID.test(uploadId)) return undefined
    const stored = (await readJsonFile(recordOf({ bucket, uploadId }))) as Upload | undefined
    return stored && { ...stored, initiatedAt: new Date(stored.initiatedAt) }
  }

  async function list(bucket: string): Promise<readonly Upload[]> {
    const ids = await readdir(layout.uploadsOf(bucket)).catch(() => []) // there was never one
    const found = await mapInGroups(ids, (uploadId) => read(bucket, uploadId))
    return found
      .filter((upload) => upload !== undefined)
      .sort((left, right) => (left.key < right.key ? -1 : 1))
  }

  async function readPart(dir: string, partNumber: number): Promise<Part | undefined> {
    const stored = (await readJsonFile(join(dir, `${partNumber}.json`))) as StoredPart | undefined
    if (stored === undefined) return undefined
    const { file, ...facts } = stored
    const path = join(dir, file)
    const { size, mtime } = await stat(path)
    return { ...facts, partNumber, size, modifiedAt: mtime, path }
  }

  return {
    list,

    async begin(upload) {
      checkKey(upload.key)
      if ((await list(upload.bucket)).length >= MAX_UPLOADS) {
        const message = `A bucket has ${MAX_UPLOADS} unfinished uploads at most; abort those that nobody finishes`
        throw new HostError('ERR_LIMIT_EXCEEDED', message)
      }
      const begun: Upload = { ...upload, uploadId: randomUUID() }
      await writeJsonFile(recordOf(begun), begun)
      return begun
    },

    async find(bucket, key, uploadId) {
      const upload = await read(bucket, uploadId)
      return upload?.key === key ? upload : undefined
    },

    putPart: (upload, partNumber, file, facts) =>
      turns.run(`${upload.bucket}/${upload.uploadId}`, async () => {
        if ((await read(upload.bucket, upload.uploadId)) === undefined) return undefined
        const dir = dirOf(upload)
        const old = (await readJsonFile(join(dir, `${partNumber}.json`))) as StoredPart | undefined
        const stored: StoredPart = { ...facts, file: `${partNumber}.${randomUUID()}.part` }
        await rename(file.path, join(dir, stored.file))
        await writeJsonFile(join(dir, `${partNumber}.json`), stored)
        if (old !== undefined) await rm(join(dir, old.file), { force: true })
        return readPart(dir, partNumber)
      }),

    async parts(upload) {
      const dir = dirOf(upload)
      const names = await readdir(dir).catch(() => []) // it has just ended
      const numbers = names.flatMap((name) => {
        const found = PART_RECORD.exec(name)?.[1]
        return found === undefined ? [] : [Number(found)]
      })
      const sorted = numbers.toSorted((left, right) => left - right)
      const parts = await mapInGroups(sorted, (partNumber) => readPart(dir, partNumber))
      return parts.filter((part) => part !== undefined)
    },

    end: (upload) =>
      turns.run(`${upload.bucket}/${upload.uploadId}`, () =>
        rm(dirOf(upload), { recursive: true, force: true }),
      ),
  }
}

/** The bytes of parts, one after the other. */
export async function* readParts(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { path } of parts) yield* createReadStream(path)
}
