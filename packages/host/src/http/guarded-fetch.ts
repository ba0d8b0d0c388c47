// Requests to addresses that somebody else chose: an authorization server that a caller registered, an
// issuer that a token names. Everything about them is limited: where they connect to, how long they
// take, how much is read, and that nothing is followed to another origin.
//
// What is missing: HTTPS_PROXY. A host behind such a proxy reaches authorization servers directly or
// not at all.
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { guardedLookup, literalAddress, refuseAddress } from './address-guard.ts'
import { http } from './node-http.ts'
import { readAnswer } from './read-answer.ts'

export interface GuardedRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface GuardedAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request, its answer read whole. Rejects with `ERR_TARGET_FAILED`; any status is an answer. */
export type GuardedFetch = (url: string, request?: GuardedRequest) => Promise<GuardedAnswer>

export interface GuardedFetchOptions {
  /** Loopback and private addresses, also without TLS. Never link-local ones. */
  readonly allowLocal: boolean
  /** Asked for each request: this host itself, whose address is known only once it listens. */
  readonly isOwnUrl?: (url: URL) => boolean
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { isOwnUrl = () => false, timeoutMs = 10_000, maxBytes = 512 * 1_024 } = options
  return async (text, request = {}) => {
    const { method = 'GET' } = request
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeoutMs)
    try {
      const url = readUrl(text)
      const allowLocal = options.allowLocal || isOwnUrl(url)
      const response = await send(url, request, { allowLocal, signal: deadline.signal })
      const { statusCode: status = 0, headers } = response
      return { status, headers, body: await readAnswer(response, maxBytes) }
    } catch (cause) {
      const why = deadline.signal.aborted ? `no answer within ${timeoutMs} ms` : errorMessage(cause)
      throw new HostError('ERR_TARGET_FAILED', `${method} ${withoutQuery(text)} failed: ${why}`, {
        cause,
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** A reader of JSON documents over `fetch`, which follows redirects within the origin. */
export function createJsonReader(fetch: GuardedFetch): (url: string) => Promise<unknown> {
  const headers = { accept: 'application/json' }
  return async (start) => {
    const fail = (why: string) => new HostError('ERR_TARGET_FAILED', `GET ${start} failed: ${why}`)
    let url = start
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await fetch(url, { headers })
      if (answer.status === 200) return parseJson(answer.body, fail)
      if (!REDIRECTS.has(answer.status)) throw fail(`the answer has status ${answer.status}`)
      const next = URL.parse(answer.headers.location ?? '', url)
      if (next === null) throw fail('it redirects: Invalid URL')
      if (next.origin !== new URL(url).origin) throw fail('it redirects to another origin')
      url = next.href
    }
    throw fail(`it redirects more than ${MAX_REDIRECTS} times`)
  }
}

interface Rules {
  readonly allowLocal: boolean
  readonly signal: AbortSignal
}

function send(url: URL, request: GuardedRequest, rules: Rules): Promise<IncomingMessage> {
  const isPlain = url.protocol === 'http:'
  const { allowLocal } = rules
  const refuse = (address: string) => refuseAddress(address, { isPlain, allowLocal })
  const literal = literalAddress(url)
  const reason = literal === undefined ? undefined : refuse(literal)
  if (reason !== undefined) throw new Error(reason)
  const { method = 'GET', headers = {}, body } = request
  const options: RequestOptions = {
    method,
    headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'catamaran' },
    lookup: guardedLookup(refuse),
    signal: rules.signal,
    agent: false, // no socket stays open: the next request is checked again
  }
  return new Promise((resolve, reject) => {
    const { request: open } = isPlain ? http : process.getBuiltinModule('node:https')
    const outgoing = open(url, options, resolve)
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error('the address is not an http or https URL')
  }
  if (url.username !== '' || url.password !== '') throw new Error('the address has a password')
  return url
}

function withoutQuery(text: string): string {
  const url = URL.parse(text)
  return url ? `${url.origin}${url.pathname}` : 'the address'
}

/** JSON.parse quotes what it read; a stranger's text stays out of our messages. */
function parseJson(text: string, fail: (why: string) => HostError): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw fail('the answer is not JSON')
  }
}
