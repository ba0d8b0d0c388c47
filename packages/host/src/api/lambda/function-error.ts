import { describeExit } from '../../functions/describe-exit.ts'
import {
  INIT_TIMEOUT_ERROR_TYPE,
  EXIT_ERROR_TYPE,
  MAX_PAYLOAD_BYTES,
} from '../../functions/compat.ts'
import type { FunctionError, InvocationOutcome } from '../../functions/outcome.ts'

type Failure = Exclude<InvocationOutcome, { readonly kind: 'returned' | 'throttled' }>

export interface FailedInvocation {
  readonly requestId: string
  readonly runtime: string
}

/** What Lambda returns as the payload when the function, and not the call, has failed. */
export function describeFunctionError(failure: Failure, invocation: FailedInvocation): object {
  const { requestId } = invocation
  switch (failure.kind) {
    case 'threw':
    case 'init-failed':
      return describeThrown(failure, invocation)
    case 'timed-out': {
      const seconds = (failure.limitMs / 1_000).toFixed(2)
      return {
        errorType: INIT_TIMEOUT_ERROR_TYPE,
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
      }
    }
    case 'exited': {
      const isClean = failure.exitCode === 0
      const reason = isClean
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: ${describeExit(failure)}`
      return {
        errorType: EXIT_ERROR_TYPE,
        errorMessage: `RequestId: ${requestId} Error: ${reason}`,
      }
    }
    case 'too-large':
      return {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
      }
  }
}

/** In the members, and their order, that the runtime's official client has. */
function describeThrown(
  { errorType, errorMessage, stackTrace }: FunctionError,
  { requestId, runtime }: FailedInvocation,
): object {
  if (runtime.startsWith('nodejs')) {
    return { errorType, errorMessage, ...(stackTrace && { trace: stackTrace }) }
  }
  const isPython = runtime.startsWith('python')
  return {
    errorMessage,
    errorType,
    ...(isPython && { requestId }),
    ...(stackTrace && { stackTrace }),
  }
}
