// From what an operation answers to the wire. A member that the model does not have, or a required
// one that is missing, is our mistake and not the caller's: it is thrown as an ordinary error.
import type { Member, Shape, TimestampFormat } from './service-model.ts'
import { formatTimestamp } from './timestamp.ts'

/** Members of `value` that are there, each with its model; checks that the model knows them all. */
export function* presentMembers(shape: Shape, value: unknown): Generator<[Member, unknown]> {
  const members = value as Readonly<Record<string, unknown>>
  for (const name of shape.required) {
    if (members[name] === undefined) throw new Error(`${shape.name} needs the member ${name}`)
  }
  for (const name in members) {
    const item = members[name]
    if (item === undefined) continue
    const member = shape.members.get(name)
    if (member === undefined) throw new Error(`${shape.name} has no member ${name}`)
    yield [member, item]
  }
}

/** A value as JSON spells its shape. */
export function encodeJson(shape: Shape, value: unknown, format: TimestampFormat): unknown {
  switch (shape.type) {
    case 'structure': {
      if (shape.isDocument) return value
      const encoded: Record<string, unknown> = {}
      for (const [member, item] of presentMembers(shape, value)) {
        encoded[member.wireName] = encodeJson(member.shape, item, format)
      }
      return encoded
    }
    case 'list': {
      const { element } = shape
      if (element === undefined) return value
      return (value as readonly unknown[]).map((item) => encodeJson(element, item, format))
    }
    case 'map': {
      const { value: element } = shape
      if (element === undefined) return value
      const entries = Object.entries(value as Readonly<Record<string, unknown>>)
      return Object.fromEntries(
        entries
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [key, encodeJson(element, item, format)]),
      )
    }
    case 'timestamp':
      return formatTimestamp(value as Date, shape.timestampFormat ?? format)
    case 'blob':
      return encodeBase64(value as Uint8Array)
    case 'string':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return value
  }
}

/** A value as a header or an XML element spells its shape. */
export function encodeText(shape: Shape, value: unknown, format: TimestampFormat): string {
  return String(encodeJson(shape, value, format))
}

function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
