// Bodies under an AWS signature. The signature covers the body's hash, so a body is read whole before
// anything of it reaches a server. The exception is `x-amz-content-sha256: UNSIGNED-PAYLOAD`: then the
// body is not signed, and is passed on as it comes. Whoever sends a body has shown a key that is known
// before the first byte is kept, and all bodies that are kept share one budget.
import type { IncomingMessage } from 'node:http'
import { tooLarge } from './call-server.ts'
import { MAX_READ_AHEAD_BYTES } from './compat.ts'
import { RuntimeFault } from './fault.ts'
import { readAhead } from './read-ahead.ts'

export interface SignedBodies {
  /** The whole body; `release` says that it is not needed any more. */
  read(request: IncomingMessage, maxBytes: number): Promise<SignedBody>
}

export interface SignedBody {
  readonly bytes: Buffer
  readonly release: () => void
}

const MAX_KEPT_BYTES = 256 * 1024 * 1024

/** Small bodies are not counted; of large ones there are `maxKeptBytes` at a time. */
export function createSignedBodies(maxKeptBytes = MAX_KEPT_BYTES): SignedBodies {
  let keptBytes = 0
  return {
    async read(request, maxBytes) {
      const declared = Number(request.headers['content-length'] ?? maxBytes)
      if (declared > maxBytes) throw tooLarge(maxBytes)
      const isShort = declared <= MAX_READ_AHEAD_BYTES
      const reserved = isShort ? 0 : declared
      if (keptBytes + reserved > maxKeptBytes) {
        throw new RuntimeFault('Throttling', 'Too many large signed bodies at once; try again')
      }
      keptBytes += reserved
      let isKept = true
      const release = () => {
        if (isKept) keptBytes -= reserved
        isKept = false
      }
      try {
        const { bytes, isWhole } = await readAhead(request, maxBytes)
        if (!isWhole) throw tooLarge(maxBytes)
        return { bytes, release }
      } catch (error) {
        release()
        throw error
      }
    },
  }
}

export function isUnsignedBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['x-amz-content-sha256'] === 'UNSIGNED-PAYLOAD'
}
