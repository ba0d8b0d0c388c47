import type { CatalogueTool } from './catalogue.ts'
import { formatClientContext } from './client-context.ts'
import { EMPTY_PAYLOAD } from './compat.ts'
import type { FunctionInvoker, InvocationOutcome } from './function-invoker.ts'
import type { MethodCall } from './served-gateway.ts'
import {
  CALLER_GONE,
  describeOutcome,
  gatewayTimeout,
  invalidResponse,
  invocationError,
  responseTooLarge,
  type ToolFailure,
} from './tool-failure.ts'

/** How a tool call ended: with a value and the JSON text it came as, or with a failure. */
export type ToolEnding =
  | { readonly kind: 'returned'; readonly value: unknown; readonly json: string }
  | { readonly kind: 'failed'; readonly failure: ToolFailure }

/** Invokes the function of a tool and waits for it, but not longer than a gateway waits. */
export async function invokeTool(
  { gateway, request, inbound }: MethodCall,
  tool: CatalogueTool,
  payload: string,
): Promise<ToolEnding> {
  const { requestId } = inbound
  const clientContext = formatClientContext(tool.contextHead, requestId, request.id)
  // A caller that closes its connection cancels the call only since 2026-07-28 (MCP, Cancellation).
  const signal = request.era === 'modern' ? inbound.signal?.() : undefined
  const options = signal ? { requestId, clientContext, signal } : { requestId, clientContext }
  const ending = await invokeFunction(gateway, tool.lambdaArn, payload, options)
  return ending.kind === 'failed' && signal?.aborted ? failed(CALLER_GONE) : ending
}

async function invokeFunction(
  { functions, timeoutMs, maxPayloadBytes }: MethodCall['gateway'],
  lambdaArn: string,
  payload: string,
  options: Parameters<FunctionInvoker['invoke']>[2],
): Promise<ToolEnding> {
  try {
    const invocation = functions.invoke(lambdaArn, payload, options)
    const outcome = await settleWithin(timeoutMs, invocation)
    if (outcome === undefined) return failed(gatewayTimeout(lambdaArn, timeoutMs))
    if (outcome.kind !== 'returned') return failed(describeOutcome(outcome, lambdaArn))
    return readPayload(outcome.payload, lambdaArn, maxPayloadBytes)
  } catch (error) {
    return failed(invocationError(lambdaArn, error))
  }
}

/** The outcome, or undefined when it is not there in time; then the function is left to itself. */
function settleWithin(
  limitMs: number,
  invocation: Promise<InvocationOutcome>,
): Promise<InvocationOutcome | undefined> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(resolve, limitMs, undefined).unref()
    invocation.then(
      (outcome) => {
        clearTimeout(limit)
        resolve(outcome)
      },
      (error: unknown) => {
        clearTimeout(limit)
        reject(error)
      },
    )
  })
}

function readPayload(payload: string, lambdaArn: string, maxBytes: number): ToolEnding {
  const json = payload === '' ? EMPTY_PAYLOAD : payload
  // No UTF-16 unit takes more than three bytes, so most payloads are spared the counting.
  if (json.length * 3 > maxBytes) {
    const bytes = Buffer.byteLength(json)
    if (bytes > maxBytes) return failed(responseTooLarge(bytes, lambdaArn))
  }
  try {
    return { kind: 'returned', value: JSON.parse(json), json }
  } catch (error) {
    return failed(invalidResponse(lambdaArn, error))
  }
}

function failed(failure: ToolFailure): ToolEnding {
  return { kind: 'failed', failure }
}
