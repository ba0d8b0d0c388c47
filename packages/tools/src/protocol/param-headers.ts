import { decodeHeaderValue, headerValue } from './header-value.ts'
import { isObject, type InboundHeaders, type RequestId } from './message.ts'
import { ErrorCode, ProtocolRefusal } from './protocol-refusal.ts'

/** An argument that a modern client repeats in `Mcp-Param-{name}`, because a schema asks for it. */
export interface ParamHeader {
  /** `mcp-param-region`: lower case, as headers are looked up. */
  readonly header: string
  /** Where the argument is, from the root of the arguments. */
  readonly path: readonly string[]
}

const ANNOTATION = 'x-mcp-header'
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const TYPES: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean'])

/**
 * The arguments that `inputSchema` wants repeated in headers, to be looked up once per catalogue.
 * Annotations that a client must refuse, because of their type or their name, are not returned:
 * such a tool is in no client's list (MCP 2026-07-28, Tools: x-mcp-header).
 */
export function findParamHeaders(inputSchema: unknown): readonly ParamHeader[] {
  const found: ParamHeader[] = []
  collect(inputSchema, [], found)
  return found
}

function collect(schema: unknown, path: readonly string[], found: ParamHeader[]): void {
  if (!isObject(schema)) return
  const name = schema[ANNOTATION]
  if (typeof name === 'string' && TOKEN.test(name) && TYPES.has(schema['type'])) {
    found.push({ header: `mcp-param-${name.toLowerCase()}`, path })
  }
  const { properties } = schema
  if (!isObject(properties)) return
  for (const [key, property] of Object.entries(properties)) {
    collect(property, [...path, key], found)
  }
}

/** Checks that each argument present is repeated in its header; throws −32020 where it is not. */
export function confirmParamHeaders(
  headers: InboundHeaders,
  expected: readonly ParamHeader[],
  args: unknown,
  id: RequestId,
): void {
  for (const { header, path } of expected) {
    const value = valueAt(args, path)
    if (value === undefined || value === null || typeof value === 'object') continue
    const sent = headerValue(headers, header)
    if (sent === undefined) throw mismatch(`${header} is missing`, path, id)
    const decoded = decodeHeaderValue(sent)
    if (decoded === undefined) throw mismatch(`${header} is not valid base64 of UTF-8`, path, id)
    if (!isSame(decoded, value)) throw mismatch(`${header} has another value`, path, id)
  }
}

function valueAt(args: unknown, path: readonly string[]): unknown {
  let value = args
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

function isSame(decoded: string, value: unknown): boolean {
  if (typeof value !== 'number') return decoded === String(value)
  return /^-?\d+(?:\.\d+)?$/.test(decoded) ? Number(decoded) === value : decoded === String(value)
}

function mismatch(problem: string, path: readonly string[], id: RequestId): ProtocolRefusal {
  const message = `${problem}; it repeats the argument \`${path.join('.')}\`.`
  return new ProtocolRefusal(400, ErrorCode.headerMismatch, message, { id })
}
