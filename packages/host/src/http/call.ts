import type { IncomingHttpHeaders } from 'node:http'
import { HostError } from '../kernel/host-error.ts'
import { http } from './node-http.ts'

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
export function callHttp(url: string, options: CallOptions = {}): Promise<CallAnswer> {
  const { method = 'GET', headers = {}, body, timeoutMs = 10_000, maxBytes = 8_000_000 } = options
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer)
      const message = `${method} ${url}: ${error.message}`
      reject(new HostError('ERR_TARGET_FAILED', message, { cause: error }))
    }
    const { request: send } = url.startsWith('https:')
      ? process.getBuiltinModule('node:https')
      : http
    const request = send(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > maxBytes)
          request.destroy(new Error(`the answer is longer than ${maxBytes} bytes`))
      })
      response.once('end', () => {
        clearTimeout(timer)
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') })
      })
      response.once('error', fail)
    })
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    request.once('error', fail)
    request.end(body)
  })
}
