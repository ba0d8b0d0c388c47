import { randomUUID } from 'node:crypto'
import type { Functions } from '../functions/functions.ts'
import type { InvokeTask } from '../stacks/waiters/waiters.ts'
import { checkStackMayInvoke, endingOf } from './invoke-provider.ts'

/** Invokes the functions of a waiter, as the account whose stack has it. */
export function invokeTask(functions: Functions): InvokeTask {
  return async (functionArn, input, { scope, signal }) => {
    await checkStackMayInvoke(functions, functionArn, scope)
    const outcome = await functions.invoke(functionArn, input, { requestId: randomUUID(), signal })
    if (outcome.kind === 'threw' || outcome.kind === 'init-failed') {
      const { errorType, errorMessage } = outcome
      return { kind: 'failed', errorType, errorMessage }
    }
    const ending = endingOf(outcome)
    if (ending.kind === 'returned') return ending
    return { kind: 'failed', errorType: 'Lambda.Unknown', errorMessage: ending.reason }
  }
}
