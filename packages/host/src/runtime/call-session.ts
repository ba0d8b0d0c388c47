import type { Exchange } from '../http/exchange.ts'
import { RuntimeFault } from './fault.ts'
import { forward, type Forwarding } from './forward.ts'
import type { RuntimeSession } from './runtime-session.ts'
import type { ServeContext } from './serve-context.ts'
import type { ServerProcess } from './server-process.ts'
import { RUNTIME_SESSION_HEADER } from './session-ids.ts'

/** Forwards a request to its session, which is busy and does not expire meanwhile. */
export async function callSession(
  exchange: Exchange,
  session: RuntimeSession,
  forwarding: Omit<Forwarding, 'session' | 'process' | 'call'>,
  { sessions, log }: ServeContext,
  /** Told with a failure, too: which ids to send from now on. */
  idHeaders: () => Readonly<Record<string, string>> = () => ({}),
): Promise<number> {
  const call = sessions.begin(session)
  let process: ServerProcess | undefined
  try {
    process = await sessions.processOf(session)
    return await forward(exchange, { ...forwarding, session, process, call })
  } catch (error) {
    if (!(error instanceof RuntimeFault)) throw error
    const { runtimeSessionId } = session
    error.headers = { ...error.headers, ...idHeaders(), [RUNTIME_SESSION_HEADER]: runtimeSessionId }
    if (error.fault === 'RuntimeClientError') {
      log.error('A server failed a request', {
        requestId: exchange.requestId,
        agentRuntimeId: session.version.runtime.agentRuntimeId,
        runtimeSessionId,
        reason: error.reason,
        lastLines: process?.lastLines(),
      })
    }
    throw error
  } finally {
    sessions.finish(session, call)
  }
}
