import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { RUNTIME_SESSION_HEADER } from './session-ids.ts'

export interface AnswerHeaderOptions {
  readonly runtimeSessionId: string
  /** The id that the caller shall send from now on; the server's own when it assigned one. */
  readonly mcpSessionId: string | undefined
  readonly requestId: string
}

// A server's other headers stay behind: its cookies, for one, would be set for the whole host.
const PASSED = [
  'content-type',
  'content-length',
  'content-encoding',
  'cache-control',
  'allow',
  'retry-after',
  'x-accel-buffering',
  'mcp-session-id',
  'mcp-protocol-version',
  'x-amzn-trace-id',
  'traceparent',
  'tracestate',
  'baggage',
] as const

/** What the caller gets of a server's headers, with the ids of the session and of the request. */
export function answerHeaders(
  { headers }: IncomingMessage,
  { runtimeSessionId, mcpSessionId, requestId }: AnswerHeaderOptions,
): OutgoingHttpHeaders {
  const answer: Record<string, string | string[]> = {}
  for (const name of PASSED) {
    const value = headers[name]
    if (value !== undefined) answer[name] = value
  }
  if (mcpSessionId !== undefined) answer['mcp-session-id'] = mcpSessionId
  answer[RUNTIME_SESSION_HEADER] = runtimeSessionId
  answer['x-amzn-requestid'] = requestId
  return answer
}
