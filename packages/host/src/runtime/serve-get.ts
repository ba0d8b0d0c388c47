import type { IncomingMessage } from 'node:http'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import type { AdmittedCaller } from './admit.ts'
import { callSession } from './call-session.ts'
import { passOnMcp } from './pass-on-mcp.ts'
import { sessionEnded } from './select-session.ts'
import type { ServeContext } from './serve-context.ts'
import { mcpIdHeaders } from './serve-post.ts'
import { readSessionIds } from './session-ids.ts'

const EMPTY = { bytes: Buffer.alloc(0), isWhole: true } as const

/**
 * The stream on which a legacy server speaks first. AgentCore does not have it (404); a client takes
 * 405 for "not offered" and goes on. It starts no process: only a session that lives has one.
 */
export async function serveGet(
  exchange: Exchange,
  { scope, workloadToken }: AdmittedCaller,
  isModern: boolean,
  context: ServeContext,
): Promise<void> {
  const ids = readSessionIds(exchange.headers)
  const id = ids.mcpSessionId ?? ids.runtimeSessionId
  const session = id === undefined ? undefined : context.sessions.find(scope, id)
  if (id !== undefined && context.sessions.hasEnded(scope, id)) throw sessionEnded()
  if (session === undefined || isModern) {
    return sendAnswer(exchange.response, { status: 405, headers: { allow: 'POST, DELETE' } })
  }
  const mcpSessionId = ids.mcpSessionId ?? session.mcpSessionId
  const passing = { session, body: EMPTY, isModern, readMcpSessionId: () => mcpSessionId }
  const forwarding = {
    body: EMPTY,
    workloadToken,
    survivesCaller: false,
    mcpSessionId,
    passOn: (answer: IncomingMessage) => passOnMcp(exchange, passing, answer),
  }
  await callSession(exchange, session, forwarding, context, mcpIdHeaders(session, isModern))
}
