import type { IncomingMessage } from 'node:http'
import { RuntimeFault } from './fault.ts'
import { parseMessage } from './json-rpc.ts'

const MAX_ERROR_BYTES = 64 * 1024

/**
 * The body of a 4xx that says what is wrong in JSON-RPC, as MCP 2026-07-28 asks servers to: that is
 * the server's answer. Everything else is a failure of the server, including a 401 or 403, which a
 * client would take for the platform's.
 */
export async function readRpcError(answer: IncomingMessage): Promise<Buffer> {
  const status = answer.statusCode ?? 0
  const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false
  const isRefusal = status >= 400 && status < 500 && status !== 401 && status !== 403
  if (isJson && isRefusal) {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MAX_ERROR_BYTES) break
      chunks.push(chunk)
    }
    const body = Buffer.concat(chunks)
    if (size <= MAX_ERROR_BYTES && parseMessage(body.toString())?.isError) return body
  } else answer.resume()
  throw new RuntimeFault('RuntimeClientError', `The server answered with HTTP status ${status}`)
}
