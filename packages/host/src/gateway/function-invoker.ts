import type { AwsCaller } from '../aws/caller.ts'

/** How one invocation ended. None of these is an exception: the gateway asked, and this happened. */
export type InvocationOutcome =
  | { readonly kind: 'returned'; readonly payload: string /* JSON text */ }
  | {
      readonly kind: 'threw'
      readonly errorType: string
      readonly errorMessage: string
      readonly stackTrace?: readonly string[]
    }
  | { readonly kind: 'timed-out'; readonly limitMs: number }
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'init-failed'; readonly errorType: string; readonly errorMessage: string }

/** What a gateway needs from whatever runs Lambda functions. It knows nothing else about it. */
export interface FunctionInvoker {
  /** Rejects when the function's policy does not let in who calls from another account. */
  checkInvoker(lambdaArn: string, caller: AwsCaller): Promise<void>
  invoke(
    lambdaArn: string,
    payload: string,
    options: {
      readonly requestId: string
      /** JSON text: what Lambda's Invoke carries in ClientContext, before base64. */
      readonly clientContext: string
      /** Aborted when the caller went away and nobody will read the outcome. */
      readonly signal?: AbortSignal
    },
  ): Promise<InvocationOutcome>
}
