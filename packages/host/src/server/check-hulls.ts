// Before a host calls itself ready it has asked every gateway and every runtime for its tools, over its
// own port and with a real token: what a client will do first.
import { callHttp, type CallAnswer } from '../http/call.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Deployed } from './deploy.ts'

export interface ListedTool {
  readonly name: string
  readonly description?: string
  readonly inputSchema?: {
    readonly properties?: Readonly<Record<string, ListedProperty>>
    readonly required?: readonly string[]
  }
}

export interface ListedProperty {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
}

export interface CheckedHulls {
  /** By gateway URL and runtime URL. */
  readonly tools: ReadonlyMap<string, readonly ListedTool[]>
}

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}
const CLIENT = { name: 'catamaran-up', version: '0.1.0' }
const START_TIMEOUT_MS = 60_000

/** One real `tools/list` per gateway and runtime; a refusal names the one that did not answer. */
export async function checkHulls(
  { gateways, runtimes }: Deployed,
  token: string | undefined,
): Promise<CheckedHulls> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const listed = await Promise.all([
    ...gateways.filter(isOurs).map(async ({ url }) => [url, await listGateway(url)] as const),
    ...runtimes.filter(isOurs).map(async ({ url }) => [url, await listRuntime(url)] as const),
  ])
  return { tools: new Map(listed) }

  /** Behind a foreign issuer we have no token: nothing can be asked. */
  function isOurs({ needsToken }: { needsToken: boolean }): boolean {
    return !needsToken || token !== undefined
  }

  async function listGateway(url: string): Promise<readonly ListedTool[]> {
    const { body } = await post(url, { ...HEADERS, ...authorization }, request('tools/list', {}))
    return toolsOf(body, url)
  }

  /** A runtime session of its own, so that the check leaves nothing behind in anybody's session. */
  async function listRuntime(url: string): Promise<readonly ListedTool[]> {
    const opened = await post(
      url,
      { ...HEADERS, ...authorization },
      request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: CLIENT,
      }),
    )
    readResult(opened.body, url)
    const session = {
      ...HEADERS,
      ...authorization,
      'mcp-protocol-version': '2025-06-18',
      ...sessionHeader(opened),
    }
    await post(
      url,
      session,
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    )
    const { body } = await post(url, session, request('tools/list', {}))
    const tools = toolsOf(body, url)
    await callHttp(url, { method: 'DELETE', headers: session })
    return tools
  }
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<CallAnswer> {
  const answer = await callHttp(url, { method: 'POST', headers, body, timeoutMs: START_TIMEOUT_MS })
  if (answer.status < 300) return answer
  throw new HostError(
    'ERR_TARGET_FAILED',
    `${url} answered ${answer.status}: ${answer.body.slice(0, 500)}`,
  )
}

function request(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
}

function sessionHeader({ headers }: CallAnswer): Record<string, string> {
  const id = headers['mcp-session-id']
  return typeof id === 'string' ? { 'mcp-session-id': id } : {}
}

function toolsOf(body: string, url: string): readonly ListedTool[] {
  return (readResult(body, url) as { tools: readonly ListedTool[] }).tools
}

/** The result in a JSON body or in the last event of a stream. */
function readResult(body: string, url: string): unknown {
  const event = body.split('\n').findLast((line) => line.startsWith('data:') && line.length > 6)
  const message = JSON.parse(event?.slice(5) ?? body) as {
    result?: unknown
    error?: { message: string }
  }
  if (message.result !== undefined) return message.result
  throw new HostError('ERR_TARGET_FAILED', `${url} refused: ${message.error?.message ?? body}`)
}
