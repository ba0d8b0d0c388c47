// The Gateway hull: one Lambda handler for all tools of a server.
//
// The event is the tool's arguments and nothing else; which tool is meant stands in the client
// context as `{target}___{tool}` (AgentCore developer guide, Lambda targets).
import { readCaller } from './caller.ts'
import { CUSTOM_MEMBERS } from './compat.ts'
import { formatLogLine, writeLogLine } from './log-line.ts'
import type { LogLevel } from './protocol/index.ts'
import type { ToolContext } from './tool-context.ts'
import { UnknownTool } from './tool-errors.ts'
import { describeTools, type ToolSchema } from './tool-schema.ts'
import type { Tool } from './tool.ts'

/** The parts of Lambda's context object that are used; all may be missing, as in a local call. */
export interface FunctionContext {
  readonly awsRequestId?: string
  readonly clientContext?: unknown
  getRemainingTimeInMillis?(): number
}

export interface FunctionHandler {
  (event: unknown, context?: FunctionContext): Promise<unknown>
  /** What a gateway target may publish, and what its schema cannot say; for hosts and build tools. */
  describeTools(): ToolSchema & { readonly instructions?: string }
}

type Custom = Readonly<Partial<Record<string, unknown>>>

/** The Lambda handler that runs whichever of `tools` the gateway asks for. */
export function createFunctionHandler(
  tools: readonly Tool[],
  instructions?: string,
): FunctionHandler {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const handler = async (event: unknown, context: FunctionContext = {}): Promise<unknown> => {
    const custom = readCustom(context.clientContext)
    const tool = chooseTool(custom['bedrockAgentCoreToolName'], byName)
    return tool.call(event ?? {}, new FunctionToolContext(context, custom))
  }
  return Object.assign(handler, {
    describeTools: () => ({
      ...describeTools(tools),
      ...(instructions !== undefined && { instructions }),
    }),
  })
}

function readCustom(clientContext: unknown): Custom {
  if (typeof clientContext !== 'object' || clientContext === null) return {}
  const members: Custom = { ...clientContext }
  for (const name of CUSTOM_MEMBERS) {
    const custom = members[name]
    if (typeof custom === 'object' && custom !== null) return { ...custom }
  }
  return {}
}

function chooseTool(asked: unknown, byName: ReadonlyMap<string, Tool>): Tool {
  const served = [...byName.keys()].join(', ')
  if (typeof asked === 'string') {
    // Only the first separator belongs to the gateway that calls us.
    const tool = byName.get(asked.replace(/^.*?___/, '')) ?? byName.get(asked)
    if (tool !== undefined) return tool
    throw new UnknownTool(`No tool ${JSON.stringify(asked)}; this function has ${served}.`)
  }
  const [only, ...others] = byName.values()
  if (only !== undefined && others.length === 0) return only
  throw new UnknownTool(
    `The client context names no tool in custom.bedrockAgentCoreToolName; this function has ${served}.`,
  )
}

/** Members are made when they are asked for: most handlers ask for none. */
class FunctionToolContext implements ToolContext {
  readonly #context: FunctionContext
  readonly #custom: Custom
  #signal: AbortSignal | undefined

  constructor(context: FunctionContext, custom: Custom) {
    this.#context = context
    this.#custom = custom
  }

  get requestId(): string {
    const id = this.#custom['bedrockAgentCoreAwsRequestId']
    return typeof id === 'string' ? id : (this.#context.awsRequestId ?? '')
  }

  get caller() {
    const headers = this.#custom['bedrockAgentCorePropagatedHeaders']
    if (typeof headers !== 'object' || headers === null) return undefined
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')
    return typeof found?.[1] === 'string' ? readCaller(found[1]) : undefined
  }

  get signal(): AbortSignal {
    this.#signal ??= deadlineSignal(this.#context)
    return this.#signal
  }

  /** A function has one answer and no way to speak before it. */
  readonly progress = (): void => {}

  readonly log = (level: LogLevel, messageOrData: unknown): void => {
    writeLogLine(formatLogLine(level, messageOrData))
  }
}

function deadlineSignal(context: FunctionContext): AbortSignal {
  const remainingMs = context.getRemainingTimeInMillis?.()
  return remainingMs === undefined
    ? new AbortController().signal
    : AbortSignal.timeout(Math.max(0, remainingMs))
}
