import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import { isList, isObject } from './intrinsic.ts'
import type { DeletionPolicy, TemplateResource } from './template.ts'

const ATTRIBUTES: ReadonlySet<string> = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
  'Metadata',
])
const TYPE = /^[A-Za-z0-9]+(?:::[\w@-]+)+(?:::MODULE)?$/
const POLICIES: ReadonlySet<string> = new Set([
  'Delete',
  'Retain',
  'RetainExceptOnCreate',
  'Snapshot',
])

export function readResource(value: Json, logicalId: string): TemplateResource {
  if (!isObject(value)) {
    throw refuse(
      `Template format error: Any Resources member must be an object; ${logicalId} is not.`,
    )
  }
  const strange = Object.keys(value).find((name) => !ATTRIBUTES.has(name))
  if (strange !== undefined) throw refuse(`Invalid template resource property '${strange}'`)
  const { Type, Properties = {}, Condition, CreationPolicy, UpdatePolicy, Metadata = {} } = value
  if (typeof Type !== 'string') {
    throw refuse(
      `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    )
  }
  if (!TYPE.test(Type)) throw refuse(`Template format error: Unrecognized resource type: ${Type}`)
  const deletionPolicy = readPolicy(value, 'DeletionPolicy', logicalId)
  const updateReplacePolicy = readPolicy(value, 'UpdateReplacePolicy', logicalId)
  return {
    type: Type,
    properties: needObject(Properties, 'Properties', logicalId),
    dependsOn: readDependsOn(value['DependsOn'], logicalId),
    ...(Condition !== undefined && { condition: needText(Condition, 'Condition', logicalId) }),
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
    ...(CreationPolicy !== undefined && { creationPolicy: CreationPolicy }),
    ...(UpdatePolicy !== undefined && { updatePolicy: UpdatePolicy }),
    metadata: needObject(Metadata, 'Metadata', logicalId),
  }
}

function readDependsOn(value: Json | undefined, logicalId: string): readonly string[] {
  if (value === undefined) return []
  const names = isList(value) ? value : [value]
  return names.map((name) => {
    if (typeof name === 'string') return name
    throw refuse(
      `Template format error: DependsOn of ${logicalId} must be a string or a list of strings.`,
    )
  })
}

function readPolicy(
  resource: JsonObject,
  attribute: 'DeletionPolicy' | 'UpdateReplacePolicy',
  logicalId: string,
): DeletionPolicy | undefined {
  const value = resource[attribute]
  if (value === undefined || isPolicy(value, attribute)) return value
  throw refuse(
    `Template format error: Unrecognized ${attribute} ${JSON.stringify(value)} for resource ${logicalId}`,
  )
}

function isPolicy(value: Json, attribute: string): value is DeletionPolicy {
  if (typeof value !== 'string' || !POLICIES.has(value)) return false
  return value !== 'RetainExceptOnCreate' || attribute === 'DeletionPolicy'
}

function needObject(value: Json, attribute: string, logicalId: string): JsonObject {
  if (isObject(value)) return value
  throw refuse(`Template format error: [/Resources/${logicalId}] ${attribute} must be an object`)
}

function needText(value: Json, attribute: string, logicalId: string): string {
  if (typeof value === 'string') return value
  throw refuse(`Template format error: [/Resources/${logicalId}] ${attribute} must be a string`)
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
