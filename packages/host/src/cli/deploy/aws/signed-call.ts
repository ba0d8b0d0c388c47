import { signRequest, type SigningKeys } from '../../../aws/sign-request.ts'
import { HostError } from '../../../kernel/host-error.ts'
import { http } from '../../../http/node-http.ts'
import { readAnswer } from '../../../http/read-answer.ts'

/** One account and Region of one host, and the keys that stand for them. */
export interface Connection {
  readonly hostUrl: string
  readonly region: string
  readonly keys: SigningKeys
}

export interface SignedCall {
  readonly service: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export interface SignedAnswer {
  readonly status: number
  readonly body: string
}

const LIMIT_MS = 60_000
const MAX_BYTES = 16_000_000
const CONNECTIONS = { keepAlive: true, maxSockets: 8 }
const agents = {
  'http:': new http.Agent(CONNECTIONS),
  'https:': undefined as InstanceType<typeof http.Agent> | undefined,
}

/**
 * A signed request to the host and its answer, read whole. Connections are kept: whoever watches a
 * deployment asks many times a second.
 */
export function callSigned(connection: Connection, call: SignedCall): Promise<SignedAnswer> {
  const { method, body } = call
  const url = new URL(call.path, connection.hostUrl)
  const scope = { service: call.service, region: connection.region }
  const headers = {
    ...signRequest({ method, url, headers: call.headers, body }, scope, connection.keys),
    'content-length': String(Buffer.byteLength(body)),
  }
  const { send, agent } = clientFor(url)
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => {
      const message = `The host at ${connection.hostUrl} does not answer: ${cause.message}`
      reject(new HostError('ERR_TARGET_FAILED', message, { cause }))
    }
    const request = send(url, { method, headers, agent }, (response) => {
      const { statusCode: status = 0 } = response
      readAnswer(response, MAX_BYTES).then((text) => resolve({ status, body: text }), fail)
    })
    request.setTimeout(LIMIT_MS, () => request.destroy(new Error(`nothing within ${LIMIT_MS} ms`)))
    request.once('error', fail)
    request.end(body)
  })
}

function clientFor(url: URL) {
  if (url.protocol === 'http:') return { send: http.request, agent: agents['http:'] }
  const https = process.getBuiltinModule('node:https')
  const agent = (agents['https:'] ??= new https.Agent(CONNECTIONS))
  return { send: https.request, agent }
}
