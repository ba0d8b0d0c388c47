import { readFileSync } from 'node:fs'
import { INVOCATIONS, type RuntimeHost } from './runtime-host.ts'

export interface RpcAnswer {
  readonly status: number
  readonly headers: Headers
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
  readonly id?: unknown
}

export interface PostOptions {
  readonly headers?: Record<string, string>
  readonly id?: string | number
  readonly signal?: AbortSignal
  readonly path?: string
}

/** How long a test waits for what happens by itself, on a machine that has other things to do. */
export const SOON = { timeout: 15_000 }

export const ACCEPT = { accept: 'application/json, text/event-stream' }
export const MODERN = { 'mcp-protocol-version': '2026-07-28' }

/** Posts one request to the runtime and reads its JSON answer. */
export async function post(
  host: RuntimeHost,
  name: string,
  args: object = {},
  options: PostOptions = {},
): Promise<RpcAnswer> {
  const response = await send(host, name, args, options)
  const text = await response.text()
  const body = text === '' ? {} : (JSON.parse(text) as object)
  return { status: response.status, headers: response.headers, ...body }
}

/** Posts one request and hands back the answer as it comes. */
export async function send(
  { baseUrl }: RuntimeHost,
  name: string,
  args: object = {},
  { headers = {}, id = 1, signal, path = INVOCATIONS }: PostOptions = {},
): Promise<Response> {
  const isMethod = name === 'initialize'
  const method = isMethod ? name : 'tools/call'
  return fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ACCEPT, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: { name, arguments: args } }),
    ...(signal && { signal }),
  })
}

/** Does the handshake; the id to send from now on. */
export async function initialize(host: RuntimeHost, options: PostOptions = {}): Promise<string> {
  const { headers } = await post(host, 'initialize', {}, options)
  return headers.get('mcp-session-id') ?? ''
}

/** Whether a process with this id runs; one that ended and waits to be collected does not. */
export function isAlive(pid: unknown): boolean {
  try {
    const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${Number(pid)}/stat`, 'utf8')) ?? []
    return state !== 'Z'
  } catch {
    return false
  }
}
