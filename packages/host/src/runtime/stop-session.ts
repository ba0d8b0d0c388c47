import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { RuntimeFault } from './fault.ts'
import type { ServeContext } from './serve-context.ts'
import { readRuntimeSessionId, RUNTIME_SESSION_HEADER } from './session-ids.ts'
import type { SessionScope } from './session-table.ts'

/** StopRuntimeSession (service model 2024-02-28): ends the session, and answers when it is gone. */
export async function stopSession(
  { method, headers, requestId, request, response }: Exchange,
  scope: SessionScope,
  { sessions }: ServeContext,
): Promise<void> {
  request.resume() // its body says nothing but a client token: to stop twice is to stop once
  if (method !== 'POST') return sendAnswer(response, { status: 405, headers: { allow: 'POST' } })
  const id = readRuntimeSessionId(headers)
  if (id === undefined) {
    throw new RuntimeFault('Validation', 'X-Amzn-Bedrock-AgentCore-Runtime-Session-Id is required')
  }
  const session = sessions.find(scope, id)
  if (session === undefined) throw new RuntimeFault('ResourceNotFound', `No session ${id}`)
  await sessions.end(session, 'StopRuntimeSession')
  sendAnswer(response, {
    status: 200,
    headers: { [RUNTIME_SESSION_HEADER]: id, 'x-amzn-requestid': requestId },
  })
}
