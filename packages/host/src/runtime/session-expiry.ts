import { askHealth } from './ask-health.ts'
import { BUSY_POLL_MS } from './compat.ts'
import type { RuntimeSession } from './runtime-session.ts'
import { SERVER_PROTOCOLS } from './server-protocol.ts'

const MAX_ANSWER_MS = 15 * 60_000 // AgentCore quotas: synchronous answer
const MAX_STREAM_MS = 60 * 60_000 // AgentCore quotas: streaming answer

/** Whether the session's maximum life is over (AgentCore developer guide, Lifecycle settings). */
export function isTooOld({ version, startedAt }: RuntimeSession, now: number): boolean {
  return now - startedAt >= version.maxLifetimeMs
}

export function isIdle({ version, calls, lastActiveAt }: RuntimeSession, now: number): boolean {
  return calls.size === 0 && now - lastActiveAt >= version.idleRuntimeSessionTimeoutMs
}

/**
 * A server may be busy although nobody waits for an answer, and says so when it is asked. It is asked
 * when its session would end, and from then on until it has nothing to do: the idle time begins anew.
 * Resolves with whether the session may end.
 */
export async function hasNothingToDo(session: RuntimeSession, now: () => number): Promise<boolean> {
  const { version, state } = session
  const { healthPath } = SERVER_PROTOCOLS[version.protocol]
  if (healthPath === undefined || state.phase !== 'live') return true
  if (session.isAsked) return false
  session.isAsked = true
  const health = await askHealth(state.process.listener, healthPath)
  session.isAsked = false
  session.isBusy = health === 'HealthyBusy'
  session.askAgainAt = now() + BUSY_POLL_MS
  if (session.isBusy) session.lastActiveAt = now()
  return isIdle(session, now())
}

/** Ends the calls that a server takes too long for; the session goes on. */
export function abortLateCalls({ calls }: RuntimeSession, now: number): void {
  for (const call of calls) {
    const limitMs = call.isAnswering ? MAX_STREAM_MS : MAX_ANSWER_MS
    if (now - call.startedAt < limitMs) continue
    call.abort(`The server did not finish within ${limitMs / 60_000} minutes`)
  }
}
