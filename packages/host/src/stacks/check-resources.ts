// What can be seen to be wrong with a template's resources before anything is made.
import { HostError } from '../kernel/host-error.ts'
import type { Blueprint, StateOf } from './blueprint.ts'
import { findType } from './find-type.ts'
import type { ResourceType } from './resource-type.ts'
import { isObject } from './template/intrinsic.ts'
import { referencesIn } from './template/references.ts'
import type { Template, TemplateResource } from './template/template.ts'

type Types = ReadonlyMap<string, ResourceType>

/** Types of the template that this host does not have, each once. */
export function unrecognizedTypes(
  { resources }: Pick<Template, 'resources'>,
  types: Types,
): string[] {
  const named = new Set(Object.values(resources).map(({ type }) => type))
  return [...named].filter((type) => findType(types, type) === undefined)
}

export function refuseUnrecognized(unrecognized: readonly string[]): void {
  if (unrecognized.length === 0) return
  throw new HostError(
    'ERR_INVALID_INPUT',
    `Template format error: Unrecognized resource types: [${unrecognized.join(', ')}]. This host has no such resources (docs/compatibility.md lists those it has); the stack tag catamaran:skip-unknown=true leaves them out.`,
  )
}

/** One sentence for each mistake. */
export function resourceProblems(blueprint: Blueprint, types: Types, stateOf: StateOf): string[] {
  return [...blueprint.resources].flatMap(([logicalId, resource]) => {
    const type = findType(types, resource.type)
    if (type === undefined) return []
    const problems = [
      ...attributeProblems(resource),
      ...propertyProblems(blueprint, type, logicalId, stateOf),
    ]
    return problems.map((problem) => `Resource ${logicalId} (${resource.type}): ${problem}`)
  })
}

function propertyProblems(
  blueprint: Blueprint,
  type: ResourceType,
  logicalId: string,
  stateOf: StateOf,
): readonly string[] {
  const { properties } = blueprint.plan(logicalId, stateOf)
  const names = Object.keys(properties)
  const unknown = names.filter((name) => type.properties?.includes(name) === false)
  const missing = (type.required ?? []).filter((name) => properties[name] === undefined)
  return [
    ...unknown.map((name) => `Encountered unsupported property ${name}`),
    ...missing.map((name) => `Property ${name} cannot be empty.`),
    ...(type.check?.(properties, logicalId) ?? []),
  ]
}

/** `Fn::GetAtt` of what a type does not have. */
export function attributeNameProblems(
  { template, resources, conditions }: Blueprint,
  types: Types,
): string[] {
  const outputs = Object.values(template.outputs).filter(
    ({ condition }) => condition === undefined || conditions.get(condition) === true,
  )
  const values = [
    ...[...resources.values()].map(({ properties }) => properties),
    ...outputs.map(({ value }) => value),
  ]
  const problems = referencesIn(values, conditions).flatMap((reference) => {
    if (reference.kind !== 'attribute' || reference.attribute === undefined) return []
    const { name, attribute } = reference
    const type = findType(types, resources.get(name)?.type ?? '')
    if (type?.attributes === undefined || type.attributes.includes(attribute)) return []
    return [
      `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
    ]
  })
  return [...new Set(problems)]
}

/** Attributes that would change what happens, and that nothing here acts on. */
function attributeProblems(resource: TemplateResource): string[] {
  const { type, deletionPolicy, updateReplacePolicy, creationPolicy, updatePolicy } = resource
  const problems: string[] = []
  if (deletionPolicy === 'Snapshot') {
    problems.push(`Template error: resource type ${type} does not support deletion policy Snapshot`)
  }
  if (updateReplacePolicy === 'Snapshot') {
    problems.push(
      `Template error: resource type ${type} does not support update replace policy Snapshot`,
    )
  }
  if (creationPolicy !== undefined) {
    problems.push('CreationPolicy is not supported: nothing on this host sends signals')
  }
  if (isObject(updatePolicy) && updatePolicy['CodeDeployLambdaAliasUpdate'] !== undefined) {
    problems.push(
      'UpdatePolicy CodeDeployLambdaAliasUpdate is not supported: there is no CodeDeploy',
    )
  }
  return problems
}
