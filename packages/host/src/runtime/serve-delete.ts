import { setTimeout as delay } from 'node:timers/promises'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { callServer } from './call-server.ts'
import { DELETE_ANSWER_MS } from './compat.ts'
import type { RuntimeSession } from './runtime-session.ts'
import { sessionEnded } from './select-session.ts'
import type { ServeContext } from './serve-context.ts'
import { serverHeaders } from './server-headers.ts'
import { readSessionIds, RUNTIME_SESSION_HEADER } from './session-ids.ts'
import type { SessionScope } from './session-table.ts'

/**
 * The client is done: the server is told, then the session ends whatever the server says. AgentCore
 * answers 404, which official clients report as a failure; so they do with 202.
 */
export async function serveDelete(
  exchange: Exchange,
  scope: SessionScope,
  { sessions }: ServeContext,
): Promise<void> {
  const { headers, response } = exchange
  const ids = readSessionIds(headers)
  const id = ids.mcpSessionId ?? ids.runtimeSessionId
  if (id === undefined) return sendAnswer(response, { status: 405, headers: { allow: 'POST' } })
  if (sessions.hasEnded(scope, id)) throw sessionEnded()
  const session = sessions.find(scope, id)
  if (session === undefined) return sendAnswer(response, { status: 200 }) // it was stopped before
  const mcpSessionId = ids.mcpSessionId ?? session.mcpSessionId
  const status = await tellServer(exchange, session, mcpSessionId)
  void sessions.end(session, 'Its client ended it')
  sendAnswer(response, {
    status,
    headers: {
      'mcp-session-id': mcpSessionId,
      [RUNTIME_SESSION_HEADER]: session.runtimeSessionId,
    },
  })
}

/** The server's own answer where a client understands it: done, or not offered. */
async function tellServer(
  { headers, requestId, request }: Exchange,
  { state, version, runtimeSessionId }: RuntimeSession,
  mcpSessionId: string,
): Promise<200 | 204 | 404 | 405> {
  if (state.phase !== 'live') return 200
  const { upstream, answer } = callServer(state.process, {
    method: 'DELETE',
    path: version.path,
    headers: serverHeaders(headers, {
      protocol: version.protocol,
      runtimeSessionId,
      mcpSessionId,
      requestId,
      allowedHeaders: version.allowedHeaders,
      workloadToken: undefined,
      body: 'none',
    }),
    body: { bytes: Buffer.alloc(0), isWhole: true },
    rest: request,
  })
  const enough = new AbortController()
  const timeout = delay(DELETE_ANSWER_MS, undefined, { signal: enough.signal }).catch(() => {})
  const told = await Promise.race([answer.catch(() => {}), timeout])
  enough.abort()
  upstream.destroy()
  const status = told?.statusCode
  return status === 204 || status === 404 || status === 405 ? status : 200
}
