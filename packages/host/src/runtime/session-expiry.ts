import type { RuntimeSession } from './runtime-session.ts'

const MAX_ANSWER_MS = 15 * 60_000 // AgentCore quotas: synchronous answer
const MAX_STREAM_MS = 60 * 60_000 // AgentCore quotas: streaming answer

/** Why the session must end now (AgentCore developer guide, Lifecycle settings), if it must. */
export function whyExpired(
  { version: { configuration }, calls, startedAt, lastActiveAt }: RuntimeSession,
  now: number,
): string | undefined {
  if (now - startedAt >= configuration.maxLifetimeMs) return 'Its maximum life is over'
  const isIdle = calls.size === 0
  return isIdle && now - lastActiveAt >= configuration.idleRuntimeSessionTimeoutMs
    ? 'It was idle for too long'
    : undefined
}

/** Ends the calls that a server takes too long for; the session goes on. */
export function abortLateCalls({ calls }: RuntimeSession, now: number): void {
  for (const call of calls) {
    const limitMs = call.isAnswering ? MAX_STREAM_MS : MAX_ANSWER_MS
    if (now - call.startedAt < limitMs) continue
    call.abort(`The server did not finish within ${limitMs / 60_000} minutes`)
  }
}
