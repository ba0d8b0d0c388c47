import type { IncomingMessage } from 'node:http'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { admit, type AdmittedCaller } from './admit.ts'
import { MAX_BODY_BYTES, tooLarge } from './call-server.ts'
import { callSession } from './call-session.ts'
import { MAX_READ_AHEAD_BYTES } from './compat.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import { passOnHttp } from './pass-on-http.ts'
import { readAhead } from './read-ahead.ts'
import { refuseAws } from './refuse-aws.ts'
import type { ServeContext } from './serve-context.ts'
import { readRuntimeSessionId } from './session-ids.ts'
import { findOrOpenSession } from './select-session.ts'

/** InvokeAgentRuntime of a runtime whose servers take any body at `POST /invocations`. */
export async function serveHttp(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { method, headers, request, response } = exchange
  let caller: AdmittedCaller | undefined
  try {
    caller = await admit(exchange, target, 'InvokeAgentRuntime', context)
    if (method !== 'POST') {
      return sendAnswer(response, { status: 405, headers: { allow: 'POST' } })
    }
    if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
    const body = caller.body ?? (await readAhead(request, MAX_READ_AHEAD_BYTES))
    findRuntime(target, context.runtimes) // it may have been deleted while the body came
    const runtimeSessionId = readRuntimeSessionId(headers)
    const session = findOrOpenSession(caller.scope, runtimeSessionId, context.sessions)
    const forwarding = {
      body,
      workloadToken: caller.workloadToken,
      survivesCaller: false,
      mcpSessionId: undefined,
      passOn: (answer: IncomingMessage) => passOnHttp(exchange, session, answer),
    }
    await callSession(exchange, session, forwarding, context)
  } catch (error) {
    refuseAws(exchange, error, context)
  } finally {
    caller?.release()
  }
}
