import type { IncomingMessage } from 'node:http'
import { HostError } from '../kernel/host-error.ts'

/** The whole body, or undefined as soon as it is known to be longer than `maxBytes`. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > maxBytes) return undefined
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) {
        request.removeAllListeners('data')
        request.pause()
        resolve(undefined)
      } else chunks.push(chunk)
    })
    request.once('end', () => {
      const [only] = chunks
      resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks))
    })
    request.once('error', reject)
    request.once('aborted', () =>
      reject(new HostError('ERR_INVALID_INPUT', 'The request body ended before it was complete')),
    )
  })
}
