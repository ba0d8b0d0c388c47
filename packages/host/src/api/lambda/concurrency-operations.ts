import { getFunction } from '../../functions/control-context.ts'
import { putConcurrency } from '../../functions/function-concurrency.ts'
import type { Handlers } from '../operation.ts'
import { readUnqualifiedName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import type { LambdaOperations } from './shapes.ts'

type Operations = Pick<
  LambdaOperations,
  'PutFunctionConcurrency' | 'GetFunctionConcurrency' | 'DeleteFunctionConcurrency'
>

/** Reserved concurrency: how many environments a function has, all its versions together. */
export function concurrencyOperations({ control }: LambdaContext): Handlers<Operations> {
  return {
    async PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      await putConcurrency(control, named, ReservedConcurrentExecutions)
      return { ReservedConcurrentExecutions }
    },

    GetFunctionConcurrency({ FunctionName }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      return { ReservedConcurrentExecutions: getFunction(control, named).reservedConcurrency }
    },

    async DeleteFunctionConcurrency({ FunctionName }, call) {
      await putConcurrency(control, readUnqualifiedName(call, FunctionName), undefined)
      return {}
    },
  }
}
