import type { AwsCaller } from '../aws/caller.ts'
import { formatClientContext } from './client-context.ts'
import { EMPTY_PAYLOAD } from './compat.ts'
import type { FunctionInvoker, InvocationOutcome } from './function-invoker.ts'
import { propagate } from './propagated-metadata.ts'
import type { MetadataConfiguration } from './target-record.ts'
import { failed, type ToolEnding, type ToolInvoker } from './tool-invoker.ts'
import {
  CALLER_GONE,
  describeOutcome,
  gatewayTimeout,
  invalidResponse,
  invocationError,
  responseTooLarge,
} from './tool-failure.ts'

export interface LambdaTool {
  readonly functions: FunctionInvoker
  readonly lambdaArn: string
  /** What a call tells the function besides its arguments, up to what differs between calls. */
  readonly contextHead: string
  readonly metadataConfiguration: MetadataConfiguration | undefined
  /** The gateway as its function's account sees it, when that is another one than the gateway's. */
  readonly outsider: AwsCaller | undefined
  readonly limits: CallLimits
}

export interface CallLimits {
  readonly timeoutMs: number
  readonly maxPayloadBytes: number
}

/** Runs a tool by invoking its function; the arguments are the event. */
export function lambdaToolInvoker(tool: LambdaTool): ToolInvoker {
  const { lambdaArn, contextHead, metadataConfiguration } = tool
  return {
    about: { lambdaArn },
    async callTool({ request, inbound }, _args, payload) {
      const { requestId } = inbound
      const passed = metadataConfiguration && propagate(metadataConfiguration, inbound)
      const clientContext = formatClientContext(contextHead, requestId, request.id, passed)
      // A caller that closes its connection cancels the call only since 2026-07-28 (MCP, Cancellation).
      const signal = request.era === 'modern' ? inbound.signal?.() : undefined
      const options = signal ? { requestId, clientContext, signal } : { requestId, clientContext }
      const ending = await invokeFunction(tool, payload, options)
      return ending.kind === 'failed' && signal?.aborted ? failed(CALLER_GONE) : ending
    },
  }
}

/** Invokes the function and waits for it, but not longer than a gateway waits. */
async function invokeFunction(
  { functions, lambdaArn, outsider, limits: { timeoutMs, maxPayloadBytes } }: LambdaTool,
  payload: string,
  options: Parameters<FunctionInvoker['invoke']>[2],
): Promise<ToolEnding> {
  try {
    if (outsider !== undefined) await functions.checkInvoker(lambdaArn, outsider)
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
