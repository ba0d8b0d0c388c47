import { randomUUID } from 'node:crypto'
import { describeExit } from '../functions/describe-exit.ts'
import type { Functions } from '../functions/functions.ts'
import type { InvocationOutcome } from '../functions/outcome.ts'
import type { Scope } from '../kernel/scope.ts'
import type { FunctionEnding, InvokeFunction } from '../stacks/custom-resources/ports.ts'

/** Who CloudFormation is to a function of another account, whose policy has to let it in. */
const CALLER = { accessKeyId: '', userId: 'cloudformation.amazonaws.com' }

/** Invokes the functions behind custom resources, as the account whose stack has them. */
export function invokeProvider(functions: Functions): InvokeFunction {
  return async (functionArn, event, { scope, signal }) => {
    await checkStackMayInvoke(functions, functionArn, scope)
    const requestId = randomUUID()
    const payload = JSON.stringify(event)
    return endingOf(await functions.invoke(functionArn, payload, { requestId, signal }))
  }
}

/** Refuses a function of another account whose policy does not let this one in. */
export function checkStackMayInvoke(
  functions: Functions,
  functionArn: string,
  scope: Scope,
): Promise<void> {
  const arn = `arn:aws:iam::${scope.accountId}:root`
  return functions.checkInvoker(functionArn, { ...CALLER, scope, arn })
}

export function endingOf(outcome: InvocationOutcome): FunctionEnding {
  switch (outcome.kind) {
    case 'returned':
      return { kind: 'returned' }
    case 'too-large':
      return { kind: 'returned' } // nobody reads what it returns
    case 'throttled':
      return { kind: 'not-started', reason: 'The function has no free execution environment' }
    case 'init-failed':
      return { kind: 'not-started', reason: `The function does not start. ${errorOf(outcome)}` }
    case 'threw':
      return { kind: 'failed', reason: `The function failed. ${errorOf(outcome)}` }
    case 'timed-out':
      return {
        kind: 'failed',
        reason: `The function timed out after ${(outcome.limitMs / 1_000).toFixed(2)} seconds`,
      }
    case 'exited':
      return { kind: 'failed', reason: `The function exited: ${describeExit(outcome)}` }
  }
}

function errorOf(error: { readonly errorType: string; readonly errorMessage: string }): string {
  return `${error.errorType}: ${error.errorMessage}`
}
