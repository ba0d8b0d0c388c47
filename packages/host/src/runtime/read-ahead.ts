import type { IncomingMessage } from 'node:http'
import { CallerGone } from './caller-gone.ts'

/** The beginning of a body. A body that is not whole goes on in the request, which is paused. */
export interface BodyStart {
  readonly bytes: Buffer
  readonly isWhole: boolean
}

const NOTHING = Buffer.alloc(0)

/** Reads a short body whole. Of a long one it keeps what came, or nothing when its length is told. */
export async function readAhead(request: IncomingMessage, maxBytes: number): Promise<BodyStart> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    return { bytes: NOTHING, isWhole: false }
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (isWhole: boolean) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      const [first = NOTHING] = chunks
      resolve({ bytes: chunks.length > 1 ? Buffer.concat(chunks) : first, isWhole })
    }
    const onData = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size <= maxBytes) return
      request.pause()
      finish(false)
    }
    const onEnd = () => finish(true)
    const onClose = () => reject(new CallerGone())
    request.on('data', onData).once('end', onEnd).once('close', onClose)
    if (request.destroyed && !request.readableEnded) onClose()
  })
}
