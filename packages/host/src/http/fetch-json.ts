// Small documents from other origins: discovery documents, key sets. Not the global `fetch`: loading
// it costs a process that starts 25 ms and 13 MB (see node-http.ts).
import type { ClientRequest, IncomingMessage } from 'node:http'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { http } from './node-http.ts'

export interface FetchJsonOptions {
  /** For the whole exchange, redirects included. */
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308])

/**
 * The JSON value at `url` (http or https). Redirects are followed within the origin only: another
 * origin was not the one that the operator trusted. Rejects with `ERR_TARGET_FAILED`.
 */
export async function fetchJson(url: string, options: FetchJsonOptions = {}): Promise<unknown> {
  const { timeoutMs = 5_000, maxBytes = 256 * 1_024 } = options
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeoutMs)
  const { signal } = deadline
  try {
    return parseJson(await readDocument(readUrl(url), { signal, maxBytes }))
  } catch (cause) {
    const why = signal.aborted ? `no answer within ${timeoutMs} ms` : errorMessage(cause)
    throw new HostError('ERR_TARGET_FAILED', `GET ${url} failed: ${why}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

interface Limits {
  readonly signal: AbortSignal
  readonly maxBytes: number
}

async function readDocument(start: URL, limits: Limits): Promise<string> {
  let url = start
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await sendGet(url, limits.signal)
    if (!REDIRECTS.has(response.statusCode)) return readText(response, limits.maxBytes)
    response.destroy()
    const next = new URL(response.headers.location ?? '', url)
    if (next.origin !== url.origin) throw new Error('it redirects to another origin')
    url = next
  }
  throw new Error(`it redirects more than ${MAX_REDIRECTS} times`)
}

function sendGet(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: 'application/json', 'accept-encoding': 'identity' }
  const options = { headers, signal, agent: false } // no socket stays open afterwards
  return new Promise((resolve, reject) => {
    const request: ClientRequest =
      url.protocol === 'https:'
        ? process.getBuiltinModule('node:https').get(url, options, resolve)
        : http.get(url, options, resolve)
    request.on('error', reject)
  })
}

function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else response.destroy(new Error(`the answer is longer than ${maxBytes} bytes`))
    })
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    response.on('error', reject)
    if (response.statusCode === 200) return
    response.destroy(new Error(`the answer has status ${response.statusCode}`))
  })
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Error('the address is not an http or https URL')
}

/** JSON.parse quotes what it read; a stranger's text stays out of our messages. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('the answer is not JSON')
  }
}
