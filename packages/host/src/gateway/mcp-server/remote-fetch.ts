// Requests to the MCP servers that callers name as targets. What a stranger chose is limited: where the
// host connects to (decided on the address of the connection, see address-guard.ts) and how much it
// reads. The answer is a web `Response`, as the MCP client wants it; it streams.
//
// What is missing: HTTPS_PROXY. Targets are reached directly or not at all.
import type { IncomingMessage, RequestOptions } from 'node:http'
import { guardedLookup, literalAddress, refuseAddress } from '../../http/address-guard.ts'
import { http } from '../../http/node-http.ts'
import { HostError } from '../../kernel/host-error.ts'

export interface OutgoingRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface SendOptions {
  /** Loopback and private addresses, also without TLS. Never link-local ones. */
  readonly allowLocal: boolean
  /** Says how many bytes came, and throws when these were too many. */
  readonly count: (bytes: number) => void
  readonly signal?: AbortSignal | undefined
}

export interface RemoteFetch extends Disposable {
  send(request: OutgoingRequest, options: SendOptions): Promise<Response>
}

/** Statuses whose answers have no body (Fetch Standard, null body status). */
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/** Connections are kept between requests until it is disposed of. */
export function createRemoteFetch(): RemoteFetch {
  let agents: ReturnType<typeof createAgents> | undefined
  return {
    async send(request, options) {
      agents ??= createAgents()
      const response = await open(request, options, agents)
      response.on('error', () => {}) // whoever reads the body is told; nobody may be reading it
      const { statusCode = 502 } = response
      const headers = new Headers()
      for (const [name, value] of Object.entries(response.headersDistinct)) {
        for (const each of value ?? []) headers.append(name, each)
      }
      const body = BODILESS.has(statusCode) ? null : ReadableStream.from(read(response, options))
      if (body === null) response.resume()
      return new Response(body, { status: statusCode, headers })
    },
    [Symbol.dispose]() {
      agents?.http.destroy()
      agents?.https.destroy()
    },
  }
}

function createAgents() {
  const { Agent } = process.getBuiltinModule('node:https')
  return { http: new http.Agent({ keepAlive: true }), https: new Agent({ keepAlive: true }) }
}

function open(
  { url, method, headers, body }: OutgoingRequest,
  { allowLocal, signal }: SendOptions,
  agents: ReturnType<typeof createAgents>,
): Promise<IncomingMessage> {
  const isPlain = url.protocol === 'http:'
  const refuse = (address: string) => refuseAddress(address, { isPlain, allowLocal })
  const literal = literalAddress(url)
  const reason = literal === undefined ? undefined : refuse(literal)
  if (reason !== undefined) return Promise.reject(new HostError('ERR_TARGET_FAILED', reason))
  const options: RequestOptions = {
    method,
    headers: { 'user-agent': 'catamaran', ...headers, 'accept-encoding': 'identity' },
    lookup: guardedLookup(refuse),
    agent: isPlain ? agents.http : agents.https,
    ...(signal && { signal }),
  }
  const { request } = isPlain ? http : process.getBuiltinModule('node:https')
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      // Node's own errors have a code; what has none is the guard's refusal, in words.
      const isRefusal = !('code' in error)
      reject(isRefusal ? new HostError('ERR_TARGET_FAILED', error.message) : error)
    }
    request(url, options, resolve).on('error', fail).end(body)
  })
}

async function* read(response: IncomingMessage, { count }: SendOptions) {
  for await (const chunk of response as AsyncIterable<Buffer>) {
    count(chunk.length)
    yield new Uint8Array(chunk)
  }
}
