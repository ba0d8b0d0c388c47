import type { Functions } from '../functions/functions.ts'
import type { FunctionInvoker } from '../gateway/function-invoker.ts'

/** What a gateway needs of functions: an ARN instead of a name. The endings are the same words. */
export function functionInvoker(functions: Functions): FunctionInvoker {
  return {
    invoke: (lambdaArn, payload, options) =>
      functions.invoke(functionNameOf(lambdaArn), payload, options),
  }
}

/** `arn:aws:lambda:{region}:{account}:function:{name}[:{qualifier}]` → name. */
function functionNameOf(lambdaArn: string): string {
  return lambdaArn.split(':')[6] ?? lambdaArn
}
