import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { InvocationOutcome } from './function-invoker.ts'

/** Why a call brought no value: a type for machines, a sentence for whoever repairs it. */
export interface ToolFailure {
  readonly type: string
  readonly text: string
  /** For the log alone. */
  readonly cause?: string
}

type FailedOutcome = Exclude<InvocationOutcome, { kind: 'returned' }>

/** What a failed invocation is called, with Lambda's own error types. */
export function describeOutcome(outcome: FailedOutcome, lambdaArn: string): ToolFailure {
  const subject = `Lambda function ${lambdaArn}`
  switch (outcome.kind) {
    case 'threw':
      return {
        type: outcome.errorType,
        text: `${subject} failed with ${outcome.errorType}: ${outcome.errorMessage}`,
        ...(outcome.stackTrace !== undefined && { cause: outcome.stackTrace.join('\n') }),
      }
    case 'timed-out':
      return {
        type: 'Sandbox.Timedout',
        text: `${subject} timed out after ${outcome.limitMs / 1_000} seconds. Raise the timeout of the function, or let it do less.`,
      }
    case 'exited':
      return { type: 'Runtime.ExitError', text: `${subject} ${describeExit(outcome)}.` }
    case 'throttled':
      return {
        type: 'TooManyRequestsException',
        text: `${subject} was throttled: everything that may run it is busy. Retry later, or raise its concurrency.`,
      }
    case 'too-large':
      return responseTooLarge(outcome.bytes, lambdaArn)
    case 'init-failed':
      return {
        type: outcome.errorType,
        text: `${subject} did not start. ${outcome.errorType}: ${outcome.errorMessage}`,
      }
  }
}

/** More came back than may be handed on. */
export function responseTooLarge(bytes: number, lambdaArn: string): ToolFailure {
  return {
    type: 'Function.ResponseSizeTooLarge',
    text: `Lambda function ${lambdaArn} returned ${bytes} bytes, which is more than a response may have. Return less, or in parts.`,
  }
}

/** What came back is not what a function may return. */
export function invalidResponse(lambdaArn: string, error: unknown): ToolFailure {
  return {
    type: 'Runtime.InvalidResponse',
    text: `Lambda function ${lambdaArn} returned something that is not JSON.`,
    cause: errorMessage(error),
  }
}

/** The gateway stopped waiting; the function may still be running, within its own limit. */
export function gatewayTimeout(lambdaArn: string, limitMs: number): ToolFailure {
  return {
    type: 'GatewayTimeout',
    text: `Lambda function ${lambdaArn} did not answer within ${limitMs / 1_000} seconds, the longest a gateway waits.`,
  }
}

/** Nobody reads what this call brings; what became of the function does not matter any more. */
export const CALLER_GONE: ToolFailure = {
  type: 'CallerGone',
  text: 'The caller went away before the answer.',
}

/** The invocation could not even be tried. Only a refusal has a message meant for the caller. */
export function invocationError(lambdaArn: string, error: unknown): ToolFailure {
  const reason = error instanceof HostError ? error.message : 'The log has the cause.'
  return {
    type: error instanceof HostError ? error.code : 'InternalError',
    text: `Lambda function ${lambdaArn} could not be invoked. ${reason}`,
    cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}

function describeExit({ exitCode, signal }: Extract<FailedOutcome, { kind: 'exited' }>): string {
  const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signal}`
  return `exited before it answered (${how})`
}
