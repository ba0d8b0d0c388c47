// From the properties of a template to the input of an operation, as the service model says it is:
// `Mcp.Lambda.LambdaArn` is the member `mcp.lambda.lambdaArn`, whatever the case of its letters, and
// scalars become what the model has them be (CloudFormation takes "true" and 5 for each other's kinds).
import { parseTimestamp } from '../../aws/timestamp.ts'
import type { Member, Shape } from '../../aws/service-model.ts'
import type { Properties } from './properties.ts'
import { isTagList, listTags, mapTags } from './tag-forms.ts'
import { isUnknown, standIn } from './unknown-values.ts'

export interface ReadProperties {
  readonly input: Readonly<Record<string, unknown>>
  /** What is wrong with them, a sentence each. */
  readonly problems: readonly string[]
  /** Where values stand that nobody knows yet, as `validate.ts` spells paths. */
  readonly unknown: readonly string[]
}

/** Properties that `shape` has no member for are left out when `mayHave` names them, else a problem. */
export function readProperties(
  shape: Shape,
  properties: Properties,
  mayHave: readonly string[] = [],
): ReadProperties {
  const reading: Reading = { problems: [], unknown: [] }
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue
    const member = findMember(shape, name)
    if (member !== undefined)
      input[member.name] = read(member.shape, value, member.name, name, reading)
    else if (!mayHave.includes(name))
      reading.problems.push(`Encountered unsupported property ${name}`)
  }
  return { input, ...reading }
}

interface Reading {
  readonly problems: string[]
  readonly unknown: string[]
}

function read(
  shape: Shape,
  value: unknown,
  path: string,
  property: string,
  reading: Reading,
): unknown {
  if (isUnknown(value)) {
    reading.unknown.push(path)
    return standIn(shape)
  }
  const refuse = (kind: string) => {
    reading.problems.push(`Value of property ${property} must be of type ${kind}`)
    reading.unknown.push(path) // said once is enough
    return standIn(shape)
  }
  switch (shape.type) {
    case 'structure':
      if (shape.isDocument) return value
      if (!isObject(value)) return refuse('Object')
      return readStructure(shape, value, path, property, reading)
    case 'list': {
      const items = isObject(value) && isTagList(shape) ? listTags(value) : value
      const { element } = shape
      if (!Array.isArray(items) || element === undefined) return refuse('List')
      return items.map((item, index) =>
        read(element, item, `${path}.${index + 1}.member`, `${property}/${index}`, reading),
      )
    }
    case 'map': {
      const entries = Array.isArray(value) ? mapTags(value) : value
      const { value: item } = shape
      if (!isObject(entries) || item === undefined) return refuse('Map')
      return Object.fromEntries(
        Object.entries(entries).map(([key, it]) => [
          key,
          read(item, it, `${path}.${key}.member`, `${property}/${key}`, reading),
        ]),
      )
    }
    case 'string':
      if (typeof value === 'string') return value
      return typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : refuse('String')
    case 'boolean':
      if (typeof value === 'boolean') return value
      return /^(?:true|false)$/i.test(String(value))
        ? /^true$/i.test(String(value))
        : refuse('Boolean')
    case 'integer':
    case 'long':
      return readNumber(value, /^[+-]?\d+$/) ?? refuse('Integer')
    case 'float':
    case 'double':
      return readNumber(value, /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i) ?? refuse('Number')
    case 'timestamp':
      return parseTimestamp(value) ?? refuse('Timestamp')
    case 'blob':
      if (value instanceof Uint8Array) return value
      return typeof value === 'string' ? Buffer.from(value, 'base64') : refuse('String')
  }
}

function readStructure(
  shape: Shape,
  value: Properties,
  path: string,
  property: string,
  reading: Reading,
): object {
  const structure: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue
    const member = findMember(shape, name)
    const inner = `${property}/${name}`
    if (member === undefined) reading.problems.push(`Encountered unsupported property ${inner}`)
    else structure[member.name] = read(member.shape, item, `${path}.${member.name}`, inner, reading)
  }
  return structure
}

const membersByName = new WeakMap<Shape, ReadonlyMap<string, Member>>()

/** The two spell acronyms in their own ways: KmsKeyArn and KMSKeyArn, OAuth2 and Oauth2. */
function findMember(shape: Shape, property: string): Member | undefined {
  let members = membersByName.get(shape)
  if (members === undefined) {
    members = new Map([...shape.members.values()].map((it) => [it.name.toLowerCase(), it]))
    membersByName.set(shape, members)
  }
  return members.get(property.toLowerCase())
}

function readNumber(value: unknown, form: RegExp): number | undefined {
  const isNumeric = typeof value === 'number' || typeof value === 'string'
  return isNumeric && form.test(String(value)) ? Number(value) : undefined
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
