// Archives come from callers and are believed in nothing: every name is checked before the first file
// is written, sizes are counted while they are unpacked, and checksums are compared.
//
// Different from Lambda: symbolic links are refused, and so are names that differ in case alone,
// because what a host on another file system would make of them is not what the author meant.
// What is missing: encryption, other methods than stored and deflate, archives in several parts.
import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Entry, ZipFile } from 'yauzl'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { readArchivePath } from './archive-path.ts'

export interface UnpackLimits {
  /** All files together, unpacked. */
  readonly maxUnpackedBytes: number
  /** Files and folders, also those that only the paths of others name. */
  readonly maxEntries?: number
}

/** The bytes of an archive, or the file they are in. */
export type ZipSource = Uint8Array | { readonly path: string }

const MAX_ENTRIES = 65_536
/** Deflate makes zeros a thousandth of their size; code does not come near. */
const MAX_RATIO = 500
/** Below this an archive may be as empty of information as it likes. */
const FREE_UNPACKED_BYTES = 64 * 1024 * 1024

/** Up to here a file is unpacked in one piece, which holds up everything else for a moment. */
const WHOLE_BYTES = 256 * 1024
const WRITERS = 4
/** Up to here an archive is read at once, which saves two reads for each of its files. */
const IN_MEMORY_BYTES = 64 * 1024 * 1024

const LOCAL_HEADER_BYTES = 30
const STORED = 0
const DEFLATED = 8
const MADE_ON_UNIX = 3
const MADE_ON_DARWIN = 19
const FILE_TYPE = 0o170_000
const DIRECTORY = 0o040_000
const REGULAR = 0o100_000

interface PlannedFile {
  readonly path: string
  readonly entry: Entry
  /** Nobody writes to it afterwards. */
  readonly mode: number
}

/**
 * Unpacks into `dir`, which must be empty. Files cannot be written afterwards; the executable bit
 * stays. When it rejects, whatever it has written so far is the caller's to remove.
 */
export async function unpackZip(
  source: ZipSource,
  dir: string,
  limits: UnpackLimits,
): Promise<void> {
  const zip = await openZip(source)
  try {
    const files = plan(await readEntries(zip, limits), zip.fileSize, limits)
    for (const folder of new Set(files.map(({ path }) => dirname(join(dir, path))))) {
      await mkdir(folder, { recursive: true })
    }
    const queue = files.values()
    const work = async () => {
      for (const file of queue) await writeEntry(zip, file, join(dir, file.path))
    }
    await allOrFirstError(Array.from({ length: WRITERS }, work))
  } catch (error) {
    throw isOurs(error) ? error : refusal(errorMessage(error), error)
  } finally {
    zip.close()
  }
}

/** A refusal already, or an error of this machine's disk, which says nothing about the archive. */
function isOurs(error: unknown): boolean {
  return error instanceof HostError || (error instanceof Error && 'syscall' in error)
}

async function openZip(source: ZipSource): Promise<ZipFile> {
  const { default: yauzl } = await import('yauzl')
  const options = { autoClose: false, strictFileNames: true }
  try {
    if (!('path' in source)) return await yauzl.fromBufferPromise(asBuffer(source), options)
    const { size } = await stat(source.path)
    if (size > IN_MEMORY_BYTES) return await yauzl.openPromise(source.path, options)
    return await yauzl.fromBufferPromise(await readFile(source.path), options)
  } catch (error) {
    throw isOurs(error) ? error : refusal(errorMessage(error), error)
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function readEntries(zip: ZipFile, { maxEntries = MAX_ENTRIES }: UnpackLimits) {
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > maxEntries) throw tooManyEntries(maxEntries)
  }
  return entries
}

/** What is to be written, when every entry may be. */
function plan(entries: readonly Entry[], zipBytes: number, limits: UnpackLimits): PlannedFile[] {
  checkSizes(entries, zipBytes, limits)
  const { maxEntries = MAX_ENTRIES } = limits
  const files: PlannedFile[] = []
  /** By what a file system that knows no case would call it: the spelling, and what is there. */
  const taken = new Map<string, { readonly path: string; readonly isFolder: boolean }>()
  const take = (path: string, isFolder: boolean) => {
    const key = path.normalize('NFC').toLowerCase()
    const other = taken.get(key)
    if (other === undefined) {
      // Deep paths are how a small archive makes millions of folders.
      if (taken.size >= maxEntries) throw tooManyEntries(maxEntries)
      return void taken.set(key, { path, isFolder })
    }
    if (isFolder && other.isFolder && other.path === path) return
    throw refusal(`two of its entries would be ${JSON.stringify(path)}`)
  }
  for (const entry of entries) {
    const { path, isFolder } = readArchivePath(entry.fileName)
    const mode = readMode(entry, isFolder)
    checkMethod(entry)
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth += 1)
      take(parts.slice(0, depth).join('/'), true)
    if (path !== '') take(path, isFolder)
    if (!isFolder) files.push({ path, entry, mode: (mode & 0o111) !== 0 ? 0o555 : 0o444 })
  }
  if (files.length === 0) throw refusal('it has no files')
  return files
}

function checkSizes(entries: readonly Entry[], zipBytes: number, limits: UnpackLimits): void {
  const { maxUnpackedBytes } = limits
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (!(unpacked <= maxUnpackedBytes)) {
    throw tooLarge(`unpacked it has more than ${maxUnpackedBytes} bytes`)
  }
  if (unpacked > FREE_UNPACKED_BYTES && unpacked > zipBytes * MAX_RATIO) {
    throw refusal(`it unpacks to more than ${MAX_RATIO} times its size`)
  }
  // Entries that share their bytes are how a small archive becomes endless without a high ratio.
  let end = 0
  for (const entry of entries.toSorted(byOffset)) {
    if (entry.relativeOffsetOfLocalHeader < end) throw refusal('its entries overlap')
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize
  }
}

function byOffset(a: Entry, b: Entry): number {
  return a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader
}

/** The permissions an entry was stored with; anything but files and folders is refused. */
function readMode(entry: Entry, isFolder: boolean): number {
  const madeOn = entry.versionMadeBy >>> 8
  if (madeOn !== MADE_ON_UNIX && madeOn !== MADE_ON_DARWIN) return 0
  const mode = entry.externalFileAttributes >>> 16
  const type = mode & FILE_TYPE
  if (type === 0 || type === (isFolder ? DIRECTORY : REGULAR)) return mode
  throw refusal(`${JSON.stringify(entry.fileName)} is neither a file nor a folder, such as a link`)
}

function checkMethod(entry: Entry): void {
  const name = JSON.stringify(entry.fileName)
  if (entry.isEncrypted()) throw refusal(`${name} is encrypted`)
  const method = entry.compressionMethod
  if (method === STORED || method === DEFLATED) return
  throw refusal(`${name} is compressed by method ${method}; stored and deflate are read`)
}

async function writeEntry(zip: ZipFile, file: PlannedFile, target: string): Promise<void> {
  const { path, entry } = file
  const { bytes, checksum } =
    entry.uncompressedSize <= WHOLE_BYTES && entry.compressedSize <= WHOLE_BYTES
      ? await writeWhole(zip, file, target)
      : await writeStream(zip, file, target)
  if (bytes !== entry.uncompressedSize) throw refusal(`${JSON.stringify(path)} has another size`)
  if (checksum !== entry.crc32) throw refusal(`the checksum of ${JSON.stringify(path)} is wrong`)
}

interface Written {
  readonly bytes: number
  readonly checksum: number
}

/** A file of most archives: read, inflated and written in one piece each, a tenth of what streams cost. */
async function writeWhole(
  zip: ZipFile,
  { entry, path, mode }: PlannedFile,
  target: string,
): Promise<Written> {
  const { crc32 } = process.getBuiltinModule('node:zlib')
  const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false })
  const chunks: Buffer[] = []
  for await (const chunk of stored) chunks.push(chunk as Buffer)
  const content = inflate(Buffer.concat(chunks), entry, path)
  await writeFile(target, content, { flag: 'wx', mode })
  return { bytes: content.length, checksum: crc32(content) }
}

function inflate(stored: Buffer, entry: Entry, path: string): Buffer {
  if (entry.compressionMethod === STORED) return stored
  const { inflateRawSync } = process.getBuiltinModule('node:zlib')
  const maxOutputLength = Math.max(entry.uncompressedSize, 1) // zero would be no limit
  try {
    return inflateRawSync(stored, { maxOutputLength })
  } catch (error) {
    const isLonger = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw isLonger ? refusal(`${JSON.stringify(path)} has another size`) : error
  }
}

async function writeStream(
  zip: ZipFile,
  { entry, mode }: PlannedFile,
  target: string,
): Promise<Written> {
  const { crc32 } = process.getBuiltinModule('node:zlib')
  let checksum = 0
  let bytes = 0
  const file = await open(target, 'wx', mode)
  try {
    await readContent(zip, entry, async (chunks) => {
      for await (const chunk of chunks) {
        bytes += chunk.length
        // What all entries together say is within the limit, so that is what counts.
        if (bytes > entry.uncompressedSize) break
        checksum = crc32(chunk, checksum)
        await file.writeFile(chunk)
      }
    })
  } finally {
    await file.close()
  }
  return { bytes, checksum }
}

/** Inflated here and not by yauzl, whose streams may fail before anybody listens. */
async function readContent(
  zip: ZipFile,
  entry: Entry,
  consume: (chunks: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false })
  if (entry.compressionMethod === STORED) return pipeline(stored, consume)
  const { createInflateRaw } = process.getBuiltinModule('node:zlib')
  return pipeline(stored, createInflateRaw(), consume)
}

function refusal(problem: string, cause?: unknown): HostError {
  const message = `The archive cannot be unpacked: ${problem}`
  return new HostError('ERR_INVALID_INPUT', message, { cause })
}

function tooManyEntries(maxEntries: number): HostError {
  return tooLarge(`it has more than ${maxEntries} entries`)
}

function tooLarge(problem: string): HostError {
  return new HostError('ERR_LIMIT_EXCEEDED', `The archive is too large: ${problem}`)
}

/** Nobody writes any more when this rejects. */
async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(work)
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure !== undefined) throw failure.reason
}
