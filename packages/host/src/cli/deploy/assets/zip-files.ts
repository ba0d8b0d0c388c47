import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { HostError } from '../../../kernel/host-error.ts'
import type { ListedFile } from './list-files.ts'

export interface Archive {
  readonly bytes: Buffer
  /** Of the bytes, in hex. */
  readonly sha256: string
}

/** As much as Lambda takes of a function or a layer, with room for build folders. */
const MAX_BYTES = 1_000_000_000

/** The same files make the same bytes: names in order, one time for all, the bit that says a file runs. */
export async function zipFiles(files: readonly ListedFile[]): Promise<Archive> {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  if (total > MAX_BYTES) {
    throw new HostError('ERR_LIMIT_EXCEEDED', `An asset has more than ${MAX_BYTES} bytes`)
  }
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  const chunks: Buffer[] = []
  const hash = createHash('sha256')
  const written = (async () => {
    for await (const chunk of zip.outputStream) {
      const bytes = chunk as Buffer
      hash.update(bytes)
      chunks.push(bytes)
    }
  })()
  for (const { path, name, isExecutable } of files) {
    zip.addBuffer(await readFile(path), name, {
      mtime: SAME_TIME,
      mode: isExecutable ? 0o100_755 : 0o100_644,
      compressionLevel: 1, // it goes no further than this machine, or the next
    })
  }
  zip.end()
  await written
  return { bytes: Buffer.concat(chunks), sha256: hash.digest('hex') }
}

/** Read in local time by the format, which knows no other. */
const SAME_TIME = new Date(1_980, 0, 1)
