import type { z } from 'zod'
import type { ToolContext } from './tool-context.ts'
import { InvalidArguments, InvalidResult } from './tool-errors.ts'

/** A zod schema of an object, the only shape that arguments and structured results may have. */
export type ObjectSchema = z.ZodType<object>

/** Hints about what a call does; a client may show them, and must not trust them (MCP, Tools). */
export interface ToolAnnotations {
  readonly title?: string
  readonly readOnlyHint?: boolean
  readonly destructiveHint?: boolean
  readonly idempotentHint?: boolean
  readonly openWorldHint?: boolean
}

/** A text, or anything that is JSON. */
export type ToolResult = string | number | boolean | object | null | undefined | void

type Returned<Output> = Output extends ObjectSchema ? z.input<Output> : ToolResult

export interface ToolOptions<Input extends ObjectSchema, Output extends ObjectSchema | undefined> {
  readonly name: string
  /** Read by the model that decides whether to call the tool. */
  readonly description: string
  /** Read by people. */
  readonly title?: string
  readonly annotations?: ToolAnnotations
  readonly input: Input
  /** With it, results are checked and are structured content for clients. */
  readonly output?: Output
  readonly handler: (
    args: z.output<Input>,
    context: ToolContext,
  ) => Returned<Output> | Promise<Returned<Output>>
}

/** One tool, with its argument types erased: what is called is checked, not typed. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly title?: string
  readonly annotations?: ToolAnnotations
  readonly input: ObjectSchema
  readonly output?: ObjectSchema
  /** Checks the arguments, runs the handler, checks the result. */
  call(args: unknown, context: ToolContext): Promise<unknown>
}

/** Defines one tool; the handler's argument types come from `input`, its result's from `output`. */
export function tool<
  const Input extends ObjectSchema,
  const Output extends ObjectSchema | undefined = undefined,
>({ handler, ...described }: ToolOptions<Input, Output>): Tool {
  const { name, description, title, annotations, input, output } = described
  return {
    name,
    description,
    ...(title !== undefined && { title }),
    ...(annotations !== undefined && { annotations }),
    input,
    ...(output !== undefined && { output }),
    async call(args, context) {
      const accepted = await input.safeParseAsync(args)
      if (!accepted.success) throw new InvalidArguments(name, accepted.error.issues)
      const returned = await handler(accepted.data, context)
      if (output === undefined) return returned
      const checked = await output.safeParseAsync(returned)
      if (!checked.success) throw new InvalidResult(name, checked.error.issues)
      return checked.data
    },
  }
}
