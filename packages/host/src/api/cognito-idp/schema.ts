import { HostError } from '../../kernel/host-error.ts'
import type { SchemaAttributeType } from './shapes.ts'

type AttributeDataType = NonNullable<SchemaAttributeType['AttributeDataType']>

/** What every pool has (developer guide, default user pool attributes). */
const STANDARD: readonly (readonly [name: string, type: AttributeDataType])[] = [
  ['sub', 'String'],
  ['name', 'String'],
  ['given_name', 'String'],
  ['family_name', 'String'],
  ['middle_name', 'String'],
  ['nickname', 'String'],
  ['preferred_username', 'String'],
  ['profile', 'String'],
  ['picture', 'String'],
  ['website', 'String'],
  ['email', 'String'],
  ['email_verified', 'Boolean'],
  ['gender', 'String'],
  ['birthdate', 'String'],
  ['zoneinfo', 'String'],
  ['locale', 'String'],
  ['phone_number', 'String'],
  ['phone_number_verified', 'Boolean'],
  ['address', 'String'],
  ['updated_at', 'Number'],
]
const NAMES: ReadonlySet<string> = new Set(STANDARD.map(([name]) => name))

/** The attributes of a pool's own, under the names that people's records have. */
export function customAttributeNames(
  schema: readonly SchemaAttributeType[] = [],
): readonly string[] {
  const names = schema.map(customName).filter((name) => name !== undefined)
  if (new Set(names).size < names.length) {
    throw new HostError('ERR_INVALID_INPUT', 'Schema: each attribute once')
  }
  return names
}

/** The whole schema: the standard attributes, changed as the pool's owner said, and the pool's own. */
export function describeSchema(
  schema: readonly SchemaAttributeType[] = [],
): readonly SchemaAttributeType[] {
  const changed = new Map(schema.map((attribute) => [attribute.Name, attribute]))
  const standard = STANDARD.map(([name, type]) => ({
    Name: name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: false,
    Mutable: name !== 'sub',
    Required: name === 'sub',
    ...changed.get(name),
  }))
  const custom = schema.flatMap((attribute) => {
    const name = customName(attribute)
    const defaults = { AttributeDataType: 'String' as const, Mutable: false, Required: false }
    return name === undefined ? [] : [{ ...defaults, ...attribute, Name: name }]
  })
  return [...standard, ...custom]
}

function customName({ Name, DeveloperOnlyAttribute }: SchemaAttributeType): string | undefined {
  if (Name === undefined || NAMES.has(Name)) return undefined
  const name = Name.startsWith('custom:') ? Name : `custom:${Name}`
  return DeveloperOnlyAttribute ? `dev:${name}` : name
}
