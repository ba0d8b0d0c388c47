/** What a handler threw, in the members every official runtime client reports. */
export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly stackTrace?: readonly string[]
}

/** How one invocation ended. None of these is an exception: the caller asked, and this happened. */
export type InvocationOutcome =
  | { readonly kind: 'returned'; readonly payload: string /* JSON text */ }
  | ({ readonly kind: 'threw' } & FunctionError)
  | { readonly kind: 'timed-out'; readonly limitMs: number }
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | ({ readonly kind: 'init-failed' } & FunctionError)
