import type { Graph } from './graph.ts'
import { namesIn, type Branches } from './references.ts'
import type { Template, TemplateResource } from './template.ts'

/** The resources that there are: those without a condition, and those whose condition holds. */
export function liveResources(
  template: Template,
  conditions: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, TemplateResource> {
  const all = Object.entries(template.resources)
  return new Map(
    all.filter(([, { condition }]) => condition === undefined || conditions.get(condition)),
  )
}

/** For each resource that there is, those that must be there before it: Ref, GetAtt, Sub and DependsOn. */
export function dependenciesOf(
  template: Template,
  conditions: ReadonlyMap<string, boolean>,
): Graph {
  return dependencyGraph(liveResources(template, conditions), conditions)
}

export function dependencyGraph(
  resources: ReadonlyMap<string, TemplateResource>,
  branches: Branches,
): Graph {
  return new Map(
    [...resources].map(([logicalId, resource]) => {
      const { properties, dependsOn, creationPolicy = null, updatePolicy = null } = resource
      const named = namesIn([properties, resource.metadata, creationPolicy, updatePolicy], branches)
      // A resource that DependsOn names and that is not made is not waited for.
      const needs = [...named, ...dependsOn].filter((name) => resources.has(name))
      return [logicalId, new Set(needs)] as const
    }),
  )
}
