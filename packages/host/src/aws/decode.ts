// From what a caller sent to the input an operation works with: members by their model names, dates
// as Date, blobs as bytes. Unknown members are dropped (they may be next year's), null is absent.
// What has the wrong kind is refused here; what has the right kind and a bad value, in validate.ts.
import { AwsFault } from './aws-fault.ts'
import type { Member, Shape } from './service-model.ts'
import { parseTimestamp } from './timestamp.ts'

/** Deeper than any model goes; what walks a document recursively must be able to. */
const MAX_DEPTH = 100

/** The refusal of a body that cannot be what the operation takes. */
export function serializationFault(message: string, cause?: unknown): AwsFault {
  return new AwsFault('SerializationException', 400, message, { cause })
}

/** A body as JSON; the empty one is an empty object. */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {}
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  if (text.length > MAX_DEPTH && isDeeper(text, MAX_DEPTH)) {
    throw serializationFault(`The request body is nested deeper than ${MAX_DEPTH} levels`)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw serializationFault('The request body is not valid JSON', cause)
  }
}

/** Counts brackets outside strings, before anything recursive sees the text. */
function isDeeper(text: string, limit: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === BACKSLASH) index++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > limit) return true
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--
  }
  return false
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/** The members of a structure that travel in a JSON body. */
export function decodeJsonMembers(
  shape: Shape,
  value: unknown,
  isInBody: (member: Member) => boolean = () => true,
): Record<string, unknown> {
  if (!isObject(value)) throw wrongKind(value, 'a structure')
  const input: Record<string, unknown> = {}
  for (const member of shape.members.values()) {
    if (!isInBody(member) || !Object.hasOwn(value, member.wireName)) continue
    const sent = value[member.wireName]
    if (sent !== null && sent !== undefined) input[member.name] = decodeJson(member.shape, sent)
  }
  return input
}

/** One JSON value as its shape says. */
export function decodeJson(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure':
      return shape.isDocument ? value : decodeJsonMembers(shape, value)
    case 'list':
      if (!Array.isArray(value)) throw wrongKind(value, 'a list')
      return value.map((item) => decodeItem(elementOf(shape), item))
    case 'map':
      if (!isObject(value)) throw wrongKind(value, 'a map')
      // fromEntries defines properties: a key like __proto__ stays a key
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, decodeItem(elementOf(shape), item)]),
      )
    case 'string':
      if (typeof value !== 'string') throw wrongKind(value, 'a String')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongKind(value, 'a Boolean')
      return value
    case 'integer':
    case 'long':
      if (!Number.isSafeInteger(value)) {
        throw wrongKind(value, shape.type === 'integer' ? 'an Integer' : 'a Long')
      }
      return value
    case 'float':
    case 'double':
      if (!Number.isFinite(value)) throw wrongKind(value, 'a Double')
      return value
    case 'timestamp': {
      const date = parseTimestamp(value)
      if (date === undefined) throw wrongKind(value, 'a Timestamp')
      return date
    }
    case 'blob':
      if (typeof value !== 'string') throw wrongKind(value, 'a Blob')
      return decodeBase64(value)
  }
}

/** One text (a label, a query value, a header, a form value) as its shape says. */
export function decodeText(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw wrongKind(text, 'a Boolean')
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw wrongKind(text, 'a Number')
      return decodeJson(shape, Number(text))
    case 'string':
    case 'blob':
    case 'timestamp':
    case 'list':
    case 'map':
    case 'structure':
      return decodeJson(shape, text)
  }
}

/** Lists and maps have no place for an absent element; a null one is refused like AWS does. */
function decodeItem(shape: Shape, item: unknown): unknown {
  if (item === null && !shape.isDocument)
    throw serializationFault('Lists and maps must not contain null')
  return decodeJson(shape, item)
}

function elementOf(shape: Shape): Shape {
  const element = shape.type === 'map' ? shape.value : shape.element
  if (element === undefined) throw new Error(`The model does not say what ${shape.name} contains`)
  return element
}

/** Node skips what is not base64; a caller who sends it should hear of it. */
function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw serializationFault('A blob must be base64')
  }
  return Buffer.from(text, 'base64')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongKind(value: unknown, wanted: string): AwsFault {
  return serializationFault(`${kindOf(value)} can not be converted to ${wanted}`)
}

function kindOf(value: unknown): string {
  if (value === null) return 'NULL_VALUE'
  if (Array.isArray(value)) return 'LIST_VALUE'
  if (typeof value === 'string') return 'STRING_VALUE'
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return 'STRUCTURE_VALUE'
}
