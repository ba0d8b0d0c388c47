// What a tool call brought, as the result of `tools/call`. Everything that went wrong after the tool
// was found is a result with `isError`, which a model can read; see serve.ts for what is refused.
//
// Not done, because live gateways do not: a `{statusCode, body}` envelope is shown whole, and an
// MCP-shaped return value (`{content, isError}`) is shown as the JSON it is.
import { formatResult, formatResultBody, wrapResult } from '@catamaran/tools/protocol'
import type { Era, RequestMessage } from '@catamaran/tools/protocol'
import { formatText } from './compat.ts'
import { SERVER_INFO } from './server-info.ts'
import type { ToolFailure } from './tool-failure.ts'
import type { JsonSchema } from './tool.ts'

interface ReturnedValue {
  readonly value: unknown
  /** The JSON text that `value` was read from. */
  readonly json: string
}

/** What a caller reads when the gateway is not at `exceptionLevel` DEBUG. */
const GENERIC_TEXT = 'An internal error occurred. Please retry later.'

/** What the era adds behind the last member of a result. */
const ERA_MEMBERS: Readonly<Record<Era, string>> = {
  modern: `,${formatResultBody({ era: 'modern', method: 'tools/call' }, {}, SERVER_INFO).slice(1)}`,
  legacy: '}',
}

/**
 * The response for a value that a function returned. Its JSON is handed on as it stands: to read it
 * and to write it again would cost numbers their precision.
 */
export function formatReturned(
  { id, era }: RequestMessage,
  { value, json }: ReturnedValue,
  outputSchema: JsonSchema | undefined,
): string {
  const structured = isStructured(value, outputSchema, era) ? `"structuredContent":${json},` : ''
  const content = `[{"type":"text","text":${formatText(value, json)}}]`
  return wrapResult(id, `{"content":${content},${structured}"isError":false${ERA_MEMBERS[era]}`)
}

/** The response for a result that an MCP server gave, as it gave it. */
export function formatRelayed(request: RequestMessage, result: object): string {
  return formatResult(request, { isError: false, ...result }, SERVER_INFO)
}

/** The response for a call that failed; only DEBUG tells the caller why. */
export function formatFailure(
  request: RequestMessage,
  failure: ToolFailure,
  exceptionLevel: 'DEBUG' | undefined,
): string {
  if (exceptionLevel === undefined) return formatErrorResult(request, GENERIC_TEXT)
  const { type, text } = failure
  return formatErrorResult(request, text, { debug: { type, text } })
}

/** The response for a call that the model can repair, or should hear of. */
export function formatErrorResult(request: RequestMessage, text: string, meta?: object): string {
  const content = [{ type: 'text', text }]
  const result = { content, isError: true, ...(meta !== undefined && { _meta: meta }) }
  return formatResult(request, result, SERVER_INFO)
}

/** An object goes with any output schema; before 2026-07-28 nothing else may be structured. */
function isStructured(value: unknown, outputSchema: JsonSchema | undefined, era: Era): boolean {
  if (outputSchema === undefined) return false
  if (outputSchema.type !== 'object') return era === 'modern'
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
