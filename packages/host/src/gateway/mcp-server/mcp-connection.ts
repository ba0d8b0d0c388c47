// One connection to an MCP server over Streamable HTTP, through the official client. Loads that client:
// import it when a server is spoken to, not before.
//
// What is missing: what a server says on its own (the event stream of GET), elicitation and sampling.
// A gateway without sessions has nobody to hand them to.
import { setTimeout as delay } from 'node:timers/promises'
import {
  Client,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
  type FetchLike,
  type Tool as SdkTool,
} from '@modelcontextprotocol/client'
import { HostError } from '../../kernel/host-error.ts'
import type { Tool } from '../tool.ts'
import { LoginNeeded } from './outbound-auth.ts'
import type { OutgoingRequest } from './remote-fetch.ts'

/** Sends one HTTP request to the server, credentials and all. */
export type Send = (request: OutgoingRequest, signal: AbortSignal | undefined) => Promise<Response>

export interface Wait {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface McpConnection {
  /** As the server has them; nothing about them is checked. */
  listTools(wait: Wait): Promise<readonly unknown[]>
  callTool(tool: Tool, args: object, wait: Wait): Promise<object>
  close(): Promise<void>
}

/** How talking to a server failed. */
export type McpFailure =
  /** The server answered with a JSON-RPC error. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** The server does not know the session any more; nothing was done. */
  | { readonly kind: 'session-lost' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'login-needed'; readonly url: string; readonly elicitationId: string }
  /** Anything else. The text is ours, and has nothing in it that the server said. */
  | { readonly kind: 'broken'; readonly text: string }

const CLIENT_INFO = { name: 'agentcore-gateway', version: '1.0.0' }

/** How long the end of a session is waited for. */
const GOODBYE_MS = 1_000

/** Connects: with a handshake, or without one when the server speaks 2026-07-28. */
export async function connectMcp(endpoint: URL, send: Send, wait: Wait): Promise<McpConnection> {
  const transport = new StreamableHTTPClientTransport(endpoint, { fetch: fetchThrough(send) })
  const client = new Client(CLIENT_INFO, {
    versionNegotiation: { mode: 'auto', probe: { timeoutMs: wait.timeoutMs } },
  })
  const close = async () => {
    const goodbye = transport.terminateSession().catch(() => {}) // a server need not answer to it
    await Promise.race([goodbye, delay(GOODBYE_MS, undefined, { ref: false })])
    await client.close()
  }
  try {
    await orAborted(client.connect(transport, options(wait)), wait.signal)
  } catch (error) {
    await client.close().catch(() => {}) // the error that matters is the first
    throw error
  }
  return {
    async listTools(limit) {
      if (client.getServerCapabilities()?.tools === undefined) {
        throw new HostError('ERR_TARGET_FAILED', 'it offers no tools')
      }
      const { tools } = await client.listTools(undefined, options(limit))
      return tools
    },
    callTool({ name, inputSchema }, args, limit) {
      // The client repeats arguments in headers where the schema says so (MCP 2026-07-28). Without an
      // output schema it leaves the result alone: that is between the server and whoever called.
      const toolDefinition = { name, inputSchema: inputSchema as SdkTool['inputSchema'] }
      return client.callTool(
        { name, arguments: { ...args } },
        { ...options(limit), toolDefinition },
      )
    },
    close,
  }
}

/** What an error of the functions above means. */
export function describeMcpError(error: unknown): McpFailure {
  for (const cause of causesOf(error)) {
    if (cause instanceof LoginNeeded) {
      return { kind: 'login-needed', url: cause.url, elicitationId: cause.elicitationId }
    }
    if (cause instanceof HostError) return { kind: 'broken', text: cause.message }
    if (cause instanceof SdkHttpError) {
      if (cause.status === 404) return { kind: 'session-lost' }
      return { kind: 'broken', text: `it answered with HTTP status ${cause.status}` }
    }
    if (cause instanceof ProtocolError) {
      return { kind: 'refused', code: cause.code, message: cause.message }
    }
    if (cause instanceof SdkError && cause.code === SdkErrorCode.RequestTimeout) {
      return { kind: 'timed-out' }
    }
    if (!(cause instanceof SdkError) && 'code' in cause && /^E[A-Z_]+$/.test(String(cause.code))) {
      return { kind: 'broken', text: `it cannot be reached (${String(cause.code)})` }
    }
  }
  return { kind: 'broken', text: 'it does not answer as an MCP server does' }
}

function* causesOf(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause
}

/** The client looks at its signal only once it has found out which revision the server speaks. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    if (signal.aborted) abort()
    await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function options({ timeoutMs, signal }: Wait) {
  return { timeout: timeoutMs, maxTotalTimeout: timeoutMs, signal }
}

function fetchThrough(send: Send): FetchLike {
  return (target, { method = 'GET', headers, body, signal } = {}) => {
    // The event stream that the client would keep open: 405 says that there is none.
    if (method === 'GET') return Promise.resolve(new Response(null, { status: 405 }))
    const request = {
      url: new URL(target),
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(typeof body === 'string' && { body }),
    }
    return send(request, signal ?? undefined)
  }
}
