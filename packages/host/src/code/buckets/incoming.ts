// Bytes on their way into a bucket: a file of their own until all of them are there and believed.
import { createHash, randomUUID, type Hash } from 'node:crypto'
import { open, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import type { BucketLayout } from './layout.ts'

export interface IncomingFile extends AsyncDisposable {
  readonly path: string
  readonly size: number
  /** In hexadecimal. */
  readonly md5: string
}

export interface IncomingLimits {
  readonly maxBytes: number
  /** Sees every byte, in order. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined
}

export interface Incoming {
  /** Writes a source to a file, which is gone when it is disposed of and was not moved. */
  receive(
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    limits: IncomingLimits,
  ): Promise<IncomingFile>
}

export function openIncoming({ incomingDir }: BucketLayout): Incoming {
  let prepared: Promise<void> | undefined
  return {
    async receive(source, { maxBytes, onBytes }) {
      await (prepared ??= removeLeft(incomingDir))
      const path = join(incomingDir, randomUUID())
      const dispose = () => rm(path, { force: true })
      try {
        const md5 = createHash('md5')
        const size = await write(path, source, { maxBytes, onBytes, md5 })
        return { path, size, md5: md5.digest('hex'), [Symbol.asyncDispose]: dispose }
      } catch (error) {
        await dispose()
        throw error
      }
    },
  }
}

/** What a host that was killed has left; nothing else writes here. */
async function removeLeft(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const names = await readdir(dir)
  await Promise.all(names.map((name) => rm(join(dir, name), { force: true })))
}

async function write(
  path: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxBytes, onBytes, md5 }: IncomingLimits & { readonly md5: Hash },
): Promise<number> {
  await using file = await open(path, 'wx', 0o600)
  let size = 0
  for await (const bytes of source) {
    size += bytes.byteLength
    if (size > maxBytes) {
      throw new HostError('ERR_LIMIT_EXCEEDED', `More than ${maxBytes} bytes were sent`)
    }
    md5.update(bytes)
    onBytes?.(bytes)
    await writeAll(file, bytes)
  }
  return size
}

async function writeAll(
  file: { write(bytes: Uint8Array): Promise<{ bytesWritten: number }> },
  bytes: Uint8Array,
): Promise<void> {
  for (let rest = bytes; rest.byteLength > 0;) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
}
