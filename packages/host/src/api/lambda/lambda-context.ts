import type { FunctionControl } from '../../functions/function-control.ts'
import type { Functions } from '../../functions/functions.ts'

/** What Lambda's operations work with. */
export interface LambdaContext {
  readonly functions: Functions
  readonly control: FunctionControl
}
