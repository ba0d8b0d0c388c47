/** What a function says of its own tools, when its handler was made by `defineServer`. */
export interface ToolOffer {
  readonly tools: readonly object[]
  readonly instructions?: string
  readonly warnings: readonly string[]
}

/** Reads the answer of a handler's `describeTools`; undefined for handlers that have none. */
export function readToolOffer(description: unknown, functionName: string): ToolOffer | undefined {
  if (typeof description !== 'object' || description === null) return undefined
  const { tools, losses, instructions } = description as {
    tools?: readonly object[]
    losses?: readonly { pointer: string; message: string }[]
    instructions?: string
  }
  if (!Array.isArray(tools)) return undefined
  return {
    tools,
    ...(typeof instructions === 'string' && { instructions }),
    warnings: (losses ?? []).map(({ pointer, message }) => `${functionName} ${pointer}: ${message}`),
  }
}
