import type { IncomingMessage } from 'node:http'
import { singleHeader, type Exchange } from '../http/exchange.ts'
import { checkAccept } from './accept.ts'
import { callSession } from './call-session.ts'
import { isInitialize } from './json-rpc.ts'
import type { BodyStart } from './read-ahead.ts'
import type { AdmittedCaller } from './admit.ts'
import { passOnMcp } from './pass-on-mcp.ts'
import type { RuntimeSession } from './runtime-session.ts'
import { selectSession } from './select-session.ts'
import type { ServeContext } from './serve-context.ts'
import { isMcpSessionId, readSessionIds } from './session-ids.ts'

/** One JSON-RPC message, from what the client sent to what the session's server answered. */
export async function servePost(
  exchange: Exchange,
  body: BodyStart,
  { scope, workloadToken }: AdmittedCaller,
  isModern: boolean,
  context: ServeContext,
): Promise<void> {
  const { headers } = exchange
  checkAccept(headers.accept)
  const ids = readSessionIds(headers)
  const { sessions } = context
  const session = selectSession(scope, ids, isModern, sessions)
  const passing = {
    session,
    body,
    isModern,
    readMcpSessionId(answer: IncomingMessage) {
      if (isModern) return undefined
      const assigned = readAssigned(answer)
      if (assigned === undefined) return ids.mcpSessionId ?? session.mcpSessionId
      if (assigned !== session.mcpSessionId) sessions.adopt(session, assigned)
      return assigned
    },
  }
  const forwarding = {
    body,
    workloadToken,
    survivesCaller: !isModern,
    mcpSessionId: isModern
      ? ids.mcpSessionId
      : (ids.mcpSessionId ?? generatedSessionId(session, body)),
    passOn: (answer: IncomingMessage) => passOnMcp(exchange, passing, answer),
  }
  const idHeaders = mcpIdHeaders(session, isModern)
  const status = await callSession(exchange, session, forwarding, context, idHeaders)
  const { mcpSessionId } = ids
  if (!isModern && status === 404 && mcpSessionId !== undefined && session.requests === 1) {
    // A server that keeps sessions, and whose former process may have assigned this id.
    sessions.adopt(session, mcpSessionId)
    void sessions.end(session, 'Its server does not know its id')
  }
}

/**
 * AgentCore adds an id to what the server gets when the client sent none. On `initialize` we do not:
 * a server that assigns ids itself takes one that it does not know for an ended session, and refuses.
 */
function generatedSessionId(session: RuntimeSession, body: BodyStart): string | undefined {
  return body.isWhole && isInitialize(body.bytes) ? undefined : session.mcpSessionId
}

/** Read when a call has failed: the session may have got another id meanwhile. */
export function mcpIdHeaders(session: RuntimeSession, isModern: boolean) {
  return () => (isModern ? {} : { 'mcp-session-id': session.mcpSessionId })
}

function readAssigned({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  const id = singleHeader(headers['mcp-session-id'])
  return statusCode < 300 && id !== undefined && isMcpSessionId(id) ? id : undefined
}
