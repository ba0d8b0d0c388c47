import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { http } from './node-http.ts'
import { readAnswer } from './read-answer.ts'

export interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export interface CallAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/**
 * One request over HTTP or HTTPS, its answer read whole. For the few calls the host makes to addresses it
 * was given; rejects with `ERR_TARGET_FAILED` when there is no answer in time or it is too long.
 */
export async function callHttp(url: string, options: CallOptions = {}): Promise<CallAnswer> {
  const { method = 'GET', headers = {}, body, timeoutMs = 10_000, maxBytes = 8_000_000 } = options
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeoutMs)
  const { request: open } = url.startsWith('https:') ? process.getBuiltinModule('node:https') : http
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const { signal } = deadline
      const request = open(url, { method, headers, agent: false, signal }, resolve)
      request.once('error', reject)
      request.end(body)
    })
    const { statusCode: status = 0, headers: answered } = response
    return { status, headers: answered, body: await readAnswer(response, maxBytes) }
  } catch (cause) {
    const why = deadline.signal.aborted ? `no answer within ${timeoutMs} ms` : errorMessage(cause)
    throw new HostError('ERR_TARGET_FAILED', `${method} ${url}: ${why}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}
