// What can be seen to be wrong in a template before anything is made. The words are CloudFormation's where
// they are known.
import type { Json } from '../json.ts'
import { circularConditions, conditionGraph, isConditionBody, notACondition } from './conditions.ts'
import { dependencyGraph, liveResources } from './dependencies.ts'
import { functionProblems } from './function-problems.ts'
import { sortGraph } from './graph.ts'
import { PSEUDO_PARAMETERS } from './pseudo-parameters.ts'
import { namesIn, referencesIn, type Branches, type Reference } from './references.ts'
import type { Template } from './template.ts'

/**
 * One sentence for each mistake. Without `conditions` everything is looked at, whichever condition
 * it stands under; with them, what is left must hold together: no reference to what is not made.
 */
export function checkTemplate(
  template: Template,
  conditions?: ReadonlyMap<string, boolean>,
): readonly string[] {
  const problems = [...functionProblems(template), ...conditionProblems(template)]
  if (problems.length > 0) return problems
  return [...referenceProblems(template, conditions), ...cycleProblems(template, conditions)]
}

function conditionProblems(template: Template): readonly string[] {
  const { conditions } = template
  const { cyclic } = sortGraph(conditionGraph(template))
  const bodies = Object.entries(conditions).filter(([, body]) => !isConditionBody(body))
  return [
    ...bodies.map(([name]) => notACondition(name)),
    ...(cyclic.length > 0 ? [circularConditions(cyclic)] : []),
  ]
}

function referenceProblems(
  template: Template,
  conditions: ReadonlyMap<string, boolean> | undefined,
): readonly string[] {
  const branches: Branches = conditions ?? 'all'
  const resources =
    conditions === undefined
      ? new Map(Object.entries(template.resources))
      : liveResources(template, conditions)
  const outputs = Object.values(template.outputs).filter(
    ({ condition }) => condition === undefined || conditions?.get(condition) !== false,
  )
  const inResources = [...resources.values()].map(
    ({ properties, metadata, creationPolicy = null, updatePolicy = null }): Json => [
      properties,
      metadata,
      creationPolicy,
      updatePolicy,
    ],
  )
  const inOutputs = outputs.map(({ value, exportName = null }): Json => [value, exportName])
  const dependsOn = [...resources.values()].flatMap((resource) => resource.dependsOn)
  const isThere = (name: string) =>
    resources.has(name) || name in template.parameters || PSEUDO_PARAMETERS.has(name)
  const missing = (values: Json, more: readonly string[] = []) => [
    ...new Set([
      ...[...namesIn(values, branches)].filter((name) => !isThere(name)),
      // What DependsOn names may be left out by its condition.
      ...more.filter((name) => !(name in template.resources)),
    ]),
  ]
  return [
    ...unresolved(missing(inResources, dependsOn), 'Resources'),
    ...unresolved(missing(inOutputs), 'Outputs'),
    ...attributeProblems(template, referencesIn([inResources, inOutputs], branches)),
    ...conditionNameProblems(template, referencesIn([inResources, inOutputs], 'all')),
    ...conditionBlockProblems(template),
  ]
}

function unresolved(names: readonly string[], block: string): readonly string[] {
  if (names.length === 0) return []
  return [
    `Template format error: Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`,
  ]
}

/** `Fn::GetAtt` of what is no resource. */
function attributeProblems(
  { parameters }: Template,
  references: readonly Reference[],
): readonly string[] {
  const names = references.flatMap(({ kind, name }) =>
    kind === 'attribute' && (name in parameters || PSEUDO_PARAMETERS.has(name)) ? [name] : [],
  )
  return [...new Set(names)].map(
    (name) => `Template error: instance of Fn::GetAtt references undefined resource ${name}`,
  )
}

function conditionNameProblems(
  { conditions, resources, outputs }: Template,
  references: readonly Reference[],
): readonly string[] {
  const named = references.flatMap(({ kind, name }) => (kind === 'condition' ? [name] : []))
  const block = (names: readonly (string | undefined)[], title: string) =>
    [...new Set(names)]
      .filter((name) => name !== undefined && !(name in conditions))
      .map(
        (name) =>
          `Template format error: Unresolved condition dependency ${name} in the ${title} block of the template`,
      )
  const ofResources = Object.values(resources).map(({ condition }) => condition)
  const ofOutputs = Object.values(outputs).map(({ condition }) => condition)
  return [...block([...ofResources, ...named], 'Resources'), ...block(ofOutputs, 'Outputs')]
}

/** Conditions know parameters and each other, and nothing of what is made. */
function conditionBlockProblems({ conditions, parameters }: Template): readonly string[] {
  const references = referencesIn([{ 'Fn::Not': Object.values(conditions) }], 'all')
  const names = references.flatMap(({ kind, name }) => {
    const isKnown = name in parameters || PSEUDO_PARAMETERS.has(name)
    return (kind === 'name' || kind === 'attribute') && !isKnown ? [name] : []
  })
  const missing = references.flatMap(({ kind, name }) =>
    kind === 'condition' && !(name in conditions) ? [name] : [],
  )
  return [
    ...(names.length > 0
      ? [
          `Template format error: Unresolved dependencies [${[...new Set(names)].join(', ')}]. Cannot reference resources in the Conditions block of the template`,
        ]
      : []),
    ...[...new Set(missing)].map(
      (name) =>
        `Template format error: Unresolved condition dependency ${name} in the Conditions block of the template`,
    ),
  ]
}

function cycleProblems(
  template: Template,
  conditions: ReadonlyMap<string, boolean> | undefined,
): readonly string[] {
  const resources =
    conditions === undefined
      ? new Map(Object.entries(template.resources).filter(([, it]) => it.condition === undefined))
      : liveResources(template, conditions)
  const { cyclic } = sortGraph(dependencyGraph(resources, conditions ?? 'none'))
  if (cyclic.length === 0) return []
  return [`Circular dependency between resources: [${cyclic.join(', ')}]`]
}
