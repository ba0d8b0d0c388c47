import type { AwsCaller } from '../aws/caller.ts'
import type { Scope } from '../kernel/scope.ts'

/** What an operation knows of its request besides the input. */
export interface AwsCall {
  readonly caller: AwsCaller
  /** The account and Region that the caller signed for; a new resource belongs there. */
  readonly scope: Scope
  readonly requestId: string
  /** Scheme and authority that the caller used, e.g. `http://127.0.0.1:4420`. */
  readonly baseUrl: string
  readonly signal: AbortSignal
}

/** Does one operation. The input has been validated against the model; any line may refuse. */
export type Handler<Input, Output> = (input: Input, call: AwsCall) => Output | Promise<Output>

/** The operations of a service that are served; what is left out is refused, deliberately. */
export type Handlers<Operations extends Record<string, { input: unknown; output: unknown }>> = {
  readonly [Name in keyof Operations]?: Handler<
    Operations[Name]['input'],
    Operations[Name]['output']
  >
}
