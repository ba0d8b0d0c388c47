import { RuntimeFault } from './fault.ts'
import type { RuntimeSession } from './runtime-session.ts'
import type { SessionIds } from './session-ids.ts'
import type { SessionScope, SessionTable } from './session-table.ts'

/**
 * The session of a POST. An id that the caller made up creates its session; so does the id of one
 * that was stopped, as long as no server assigned it. Without an id a client that does the handshake
 * gets a new session; a self-contained request (MCP 2026-07-28) gets the one of its caller, because
 * such clients never send an id back.
 */
export function selectSession(
  scope: SessionScope,
  ids: SessionIds,
  isModern: boolean,
  sessions: SessionTable,
): RuntimeSession {
  const id = ids.mcpSessionId ?? ids.runtimeSessionId
  if (id !== undefined) {
    const session = sessions.find(scope, id)
    if (session) return session
    if (!isModern && sessions.hasEnded(scope, id)) throw sessionEnded()
    return sessions.open(scope, { ids, isByCaller: false })
  }
  const shared = isModern ? sessions.findByCaller(scope) : undefined
  return shared ?? sessions.open(scope, { ids, isByCaller: isModern })
}

/** The session of an id that its caller made up; without one a session for this request. */
export function findOrOpenSession(
  scope: SessionScope,
  runtimeSessionId: string | undefined,
  sessions: SessionTable,
): RuntimeSession {
  const known = runtimeSessionId === undefined ? undefined : sessions.find(scope, runtimeSessionId)
  const ids = { runtimeSessionId, mcpSessionId: undefined }
  return known ?? sessions.open(scope, { ids, isByCaller: false })
}

/** Makes an MCP client initialize again. */
export function sessionEnded(): RuntimeFault {
  return new RuntimeFault('SessionEnded', 'The session has ended; initialize again without its id')
}
