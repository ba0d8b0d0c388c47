// All sessions of all runtimes. An id belongs to the caller who created its session: presented by
// somebody else it is an id that does not exist yet (MCP, Security Best Practices: session hijacking).
import { randomUUID } from 'node:crypto'
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { RuntimeVersion } from './agent-runtime.ts'
import type { Owner } from './authorize.ts'
import { MAX_ENDED_SESSION_IDS } from './compat.ts'
import { describeExit } from './describe-exit.ts'
import { RuntimeFault } from './fault.ts'
import type { Call, RuntimeSession } from './runtime-session.ts'
import { abortLateCalls, hasNothingToDo, isIdle, isTooOld } from './session-expiry.ts'
import { createRecentKeys } from './recent-keys.ts'
import type { ServerProcess } from './server-process.ts'
import { isRuntimeSessionId, type SessionIds } from './session-ids.ts'
import { StartFailure } from './start-failure.ts'

/** Where a session may be looked for: one caller's ids on one endpoint of a runtime. */
export interface SessionScope {
  readonly version: RuntimeVersion
  readonly endpoint: string
  readonly owner: Owner
}

export interface SessionTable {
  find(scope: SessionScope, id: string): RuntimeSession | undefined
  /** The session that a caller without ids shares with nobody else. */
  findByCaller(scope: SessionScope): RuntimeSession | undefined
  /** Whether the id was assigned by a server whose process is gone. */
  hasEnded(scope: SessionScope, id: string): boolean
  /** A new session under the ids given, or a refusal when there are too many. */
  open(scope: SessionScope, options: OpenOptions): RuntimeSession
  /** The session's process, as soon as there is one. */
  processOf(session: RuntimeSession): ServerProcess | Promise<ServerProcess>
  /** From now on the session answers to the id that its server assigned. */
  adopt(session: RuntimeSession, mcpSessionId: string): void
  begin(session: RuntimeSession): Call
  finish(session: RuntimeSession, call: Call): void
  /** Resolves once the process is gone. */
  end(session: RuntimeSession, reason: string): Promise<void>
  /** A newer version: what no client can name ends as soon as it has nothing to do. */
  retire(agentRuntimeId: string, endpoint: string): void
  /** Of all runtimes, of one, or of one endpoint of one. */
  endAll(reason: string, agentRuntimeId?: string, endpoint?: string): Promise<void>
  sweep(): void
}

export interface OpenOptions {
  readonly ids: SessionIds
  /** Found again by who is calling, not by an id. */
  readonly isByCaller: boolean
}

export interface SessionTableOptions {
  readonly maxSessions: number
  readonly now: () => number
  readonly log: Log
}

const CALLER = ' ' // no id has a space

export function createSessionTable({ maxSessions, now, log }: SessionTableOptions): SessionTable {
  const sessions = new Set<RuntimeSession>() // oldest first
  const byKey = new Map<string, RuntimeSession>()
  const ended = createRecentKeys(MAX_ENDED_SESSION_IDS)
  const stopping = new Set<Promise<void>>()

  const map = (session: RuntimeSession, key: string) => {
    byKey.get(key)?.keys.delete(key)
    byKey.set(key, session)
    session.keys.add(key)
  }

  const stop = (process: ServerProcess) => {
    const stopped = process
      .stop()
      .catch((error: unknown) => log.error('A session left something behind', failure(error)))
      .finally(() => stopping.delete(stopped))
    stopping.add(stopped)
    return stopped
  }

  const end = async (session: RuntimeSession, reason: string): Promise<void> => {
    const { state } = session
    if (state.phase === 'ended') return
    session.state = { phase: 'ended', reason }
    sessions.delete(session)
    for (const key of session.keys) byKey.delete(key)
    if (session.isAssignedByServer) ended.add(keyOf(session, session.mcpSessionId))
    for (const call of session.calls) call.abort(reason)
    log.info('A runtime session ended', { ...describe(session), reason })
    if (state.phase === 'live') await stop(state.process)
    else await state.ready.then(stop, () => {}) // it never came up: nothing is left
  }

  const start = async (session: RuntimeSession): Promise<ServerProcess> => {
    const { pool } = session.version
    try {
      const process = await pool.claim()
      process.runtimeSessionId = session.runtimeSessionId
      if (session.state.phase === 'starting') session.state = { phase: 'live', process }
      log.info('A runtime session started', { ...describe(session), pid: process.pid })
      void process.exited.then((exit) => {
        if (session.state.phase !== 'live') return
        const lastLines = process.lastLines()
        log.warn('A server process ended by itself', { ...describe(session), lastLines })
        void end(session, `The server process ${describeExit(exit)}`)
      })
      return process
    } catch (error) {
      const lastLines = error instanceof StartFailure ? error.lastLines : undefined
      log.error('A runtime session did not start', { ...failure(error), lastLines })
      void end(session, 'The server did not start')
      throw new RuntimeFault('RuntimeClientError', errorMessage(error), { cause: error })
    }
  }

  /** Nobody gets the process of a session that ended while it started: it is being stopped. */
  const whenLive = async (session: RuntimeSession, ready: Promise<ServerProcess>) => {
    const process = await ready
    const { state } = session
    if (state.phase === 'ended') throw new RuntimeFault('RuntimeClientError', state.reason)
    return process
  }

  const endUnlessBusy = async (session: RuntimeSession) => {
    if (await hasNothingToDo(session, now)) await end(session, 'It was idle for too long')
  }

  const makeRoom = () => {
    if (sessions.size < maxSessions) return
    for (const session of sessions) {
      const isAbandoned = session.calls.size === 0 && session.requests === 1
      if (isAbandoned) return void end(session, 'Its place was needed; it had one request only')
    }
    const reason = `All ${maxSessions} sessions of this host are in use; stop one, or try again later`
    throw new RuntimeFault('ServiceQuotaExceeded', reason)
  }

  return {
    find(scope, id) {
      const session = byKey.get(keyOf(scope, id))
      if (session) session.isRetiring = false
      return session
    },
    findByCaller: (scope) => byKey.get(keyOf(scope, CALLER)),
    hasEnded: (scope, id) => ended.has(keyOf(scope, id)),
    open({ version, endpoint, owner }, { ids, isByCaller }) {
      makeRoom()
      const chosen = [ids.runtimeSessionId, ids.mcpSessionId]
      const free = chosen.find((id) => id !== undefined && isRuntimeSessionId(id))
      const runtimeSessionId = free ?? randomUUID()
      const session: RuntimeSession = {
        version,
        endpoint,
        owner,
        runtimeSessionId,
        mcpSessionId: ids.mcpSessionId ?? runtimeSessionId,
        isAssignedByServer: false,
        keys: new Set(),
        calls: new Set(),
        startedAt: now(),
        lastActiveAt: now(),
        requests: 0,
        isBusy: false,
        isAsked: false,
        askAgainAt: 0,
        isRetiring: false,
        state: { phase: 'ended', reason: 'not started' },
      }
      sessions.add(session)
      if (!byKey.has(keyOf(session, runtimeSessionId)))
        map(session, keyOf(session, runtimeSessionId))
      map(session, keyOf(session, session.mcpSessionId))
      if (isByCaller) map(session, keyOf(session, CALLER))
      const ready = Promise.resolve().then(() => start(session))
      session.state = { phase: 'starting', ready }
      ready.catch(() => {}) // told to the calls that wait for it
      return session
    },
    processOf(session) {
      const { state } = session
      if (state.phase === 'live') return state.process
      if (state.phase === 'starting') return whenLive(session, state.ready)
      throw new RuntimeFault('RuntimeClientError', state.reason)
    },
    adopt(session, mcpSessionId) {
      session.mcpSessionId = mcpSessionId
      session.isAssignedByServer = true
      if (session.state.phase !== 'ended') map(session, keyOf(session, mcpSessionId))
    },
    begin(session) {
      const call: Call = { startedAt: now(), isAnswering: false, abort() {} }
      session.calls.add(call)
      session.requests += 1
      return call
    },
    finish(session, call) {
      session.calls.delete(call)
      session.lastActiveAt = now()
      if (session.requests === 1) session.version.pool.refill()
      if (session.isRetiring && session.calls.size === 0) void end(session, 'A newer version')
    },
    end,
    retire(agentRuntimeId, endpoint) {
      for (const session of sessions) {
        const key = keyOf(session, CALLER)
        const { runtime } = session.version
        if (runtime.agentRuntimeId !== agentRuntimeId || session.endpoint !== endpoint) continue
        if (!session.keys.has(key)) continue
        byKey.delete(key)
        session.keys.delete(key)
        session.isRetiring = true
        if (session.calls.size === 0) void end(session, 'A newer version')
      }
    },
    async endAll(reason, agentRuntimeId, endpoint) {
      for (const session of sessions) {
        const { runtime } = session.version
        const isMeant = (agentRuntimeId ?? runtime.agentRuntimeId) === runtime.agentRuntimeId
        if (isMeant && (endpoint ?? session.endpoint) === session.endpoint)
          void end(session, reason)
      }
      await Promise.all(stopping)
    },
    sweep() {
      for (const session of sessions) {
        if (isTooOld(session, now())) void end(session, 'Its maximum life is over')
        else if (isIdle(session, now())) void endUnlessBusy(session)
        else abortLateCalls(session, now())
        if (session.isBusy && now() >= session.askAgainAt) void endUnlessBusy(session)
      }
    },
  }
}

function keyOf({ version, endpoint, owner }: SessionScope, id: string): string {
  return `${version.runtime.agentRuntimeId}\n${endpoint}\n${owner}\n${id}`
}

function describe({ version: { runtime, version }, runtimeSessionId, requests }: RuntimeSession) {
  return { agentRuntimeId: runtime.agentRuntimeId, version, runtimeSessionId, requests }
}

function failure(error: unknown) {
  return { error: errorMessage(error) }
}
