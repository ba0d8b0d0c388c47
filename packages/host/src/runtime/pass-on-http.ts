import type { IncomingMessage } from 'node:http'
import type { Exchange } from '../http/exchange.ts'
import { answerHeaders } from './answer-headers.ts'
import { RuntimeFault } from './fault.ts'
import { relayAnswer } from './relay-answer.ts'
import type { RuntimeSession } from './runtime-session.ts'

/**
 * What an HTTP server answers with 2xx is passed on as it comes, whatever its type. Everything else is
 * 424 to the caller, as at AWS: a 5xx would make AWS clients call again.
 */
export async function passOnHttp(
  { requestId, response }: Exchange,
  { runtimeSessionId }: RuntimeSession,
  answer: IncomingMessage,
): Promise<number> {
  const status = answer.statusCode ?? 0
  if (status < 200 || status >= 300) {
    answer.resume()
    throw new RuntimeFault(
      'RuntimeClientError',
      `Received error (${status}) from runtime. Please check your CloudWatch logs for more information`,
    )
  }
  const headers = answerHeaders(answer, { runtimeSessionId, mcpSessionId: undefined, requestId })
  const outcome = await relayAnswer(answer, response, headers)
  if (outcome !== 'complete') response.destroy() // the only way to say that this was not all
  return status
}
