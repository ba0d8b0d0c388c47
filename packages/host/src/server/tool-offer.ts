import { HostError } from '../kernel/host-error.ts'

/** What a function says of its own tools, when its handler was made by `defineServer`. */
export interface ToolOffer {
  readonly tools: readonly object[]
  readonly instructions?: string
  readonly warnings: readonly string[]
}

interface SchemaLoss {
  readonly pointer: string
  readonly message: string
  /** Whether the gateway's schema says less than the tool's; false where it would say something else. */
  readonly widened: boolean
}

/** What is done about a keyword that only narrows: wider schema, same check (docs/compatibility.md). */
const WIDENED =
  'It is published without it for now: the description says it, and the function still checks it.'

/**
 * Reads the answer of a handler's `describeTools`; undefined for handlers that have none. A schema that
 * a gateway cannot publish without changing its meaning is refused, every place at once.
 */
export function readToolOffer(description: unknown, functionName: string): ToolOffer | undefined {
  if (typeof description !== 'object' || description === null) return undefined
  const { tools, losses, instructions } = description as {
    tools?: readonly object[]
    losses?: readonly SchemaLoss[]
    instructions?: string
  }
  if (!Array.isArray(tools)) return undefined
  const describe = ({ pointer, message }: SchemaLoss) => `${functionName} ${pointer}: ${message}`
  const fatal = (losses ?? []).filter(({ widened }) => !widened)
  if (fatal.length > 0) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `The gateway cannot publish these schemas:\n${fatal.map((loss) => `  ${describe(loss)}`).join('\n')}`,
    )
  }
  return {
    tools,
    ...(typeof instructions === 'string' && { instructions }),
    warnings: (losses ?? []).map((loss) => `${describe(loss)} ${WIDENED}`),
  }
}
