import type { IncomingMessage } from 'node:http'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { answerHeaders } from './answer-headers.ts'
import { formatRpcError, RuntimeFault } from './fault.ts'
import { parseMessage } from './json-rpc.ts'
import type { BodyStart } from './read-ahead.ts'
import { readRpcError } from './read-rpc-error.ts'
import { relayAnswer } from './relay-answer.ts'
import type { RuntimeSession } from './runtime-session.ts'

export interface McpPassing {
  readonly session: RuntimeSession
  readonly body: BodyStart
  readonly isModern: boolean
  /** Told to the caller: which id to send from now on. */
  readonly readMcpSessionId: (answer: IncomingMessage) => string | undefined
}

/**
 * What an MCP server answers is passed on as it is, unless it is a failure that MCP clients would take
 * for the platform's own (AgentCore developer guide, MCP error codes).
 */
export async function passOnMcp(
  { method, requestId, response }: Exchange,
  { session, body, isModern, readMcpSessionId }: McpPassing,
  answer: IncomingMessage,
): Promise<number> {
  const status = answer.statusCode ?? 0
  const isSuccess = status >= 200 && status < 300
  const isUnserved = method !== 'POST' && (status === 404 || status === 405)
  const error = isSuccess || isUnserved ? undefined : await readRpcError(answer)
  const headers = answerHeaders(answer, {
    runtimeSessionId: session.runtimeSessionId,
    mcpSessionId: readMcpSessionId(answer),
    requestId,
  })
  if (error !== undefined) {
    sendAnswer(response, { status, headers, body: error })
    return status
  }
  const outcome = await relayAnswer(answer, response, headers)
  if (outcome === 'broken-between-events') {
    const fault = new RuntimeFault('RuntimeClientError', brokenReason(session))
    const id = body.isWhole ? parseMessage(body.bytes.toString())?.id : undefined
    if (id !== undefined) response.write(`data: ${formatRpcError(fault, isModern, id)}\n\n`)
    response.end()
  } else if (outcome === 'broken') response.destroy()
  return status
}

function brokenReason({ state }: RuntimeSession): string {
  return state.phase === 'ended' ? state.reason : 'The server broke off its answer'
}
