import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { errorMessage } from '../kernel/host-error.ts'
import { CallerGone } from './caller-gone.ts'
import { asFault, formatAwsFault, type RuntimeFault } from './fault.ts'
import type { ServeContext } from './serve-context.ts'

/** Anything thrown, as the fault that an AWS client knows. */
export function refuseAws(exchange: Exchange, error: unknown, context: ServeContext): void {
  const { request, response, requestId } = exchange
  if (error instanceof CallerGone || response.destroyed) return
  const fault = asFault(error)
  logUnexpected(exchange, fault, context)
  if (response.headersSent) return void response.destroy()
  fault.headers = { ...fault.headers, 'x-amzn-requestid': requestId }
  sendAnswer(response, formatAwsFault(fault))
  request.resume()
}

export function logUnexpected(
  { requestId }: Exchange,
  fault: RuntimeFault,
  { log }: ServeContext,
): void {
  if (fault.fault !== 'InternalServer') return
  const error = errorMessage(fault.cause)
  log.error('A runtime request failed unexpectedly', { requestId, error })
}
