import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { evaluateClaim } from './condition-functions.ts'
import { createContext } from './evaluate.ts'
import type { EvaluationScope, PseudoParameters } from './evaluation-scope.ts'
import { sortGraph, type Graph } from './graph.ts'
import type { ResolvedParameters } from './parameters.ts'
import { referencesIn } from './references.ts'
import type { Template } from './template.ts'

/** Which of the template's conditions hold. */
export function evaluateConditions(
  template: Template,
  parameters: ResolvedParameters,
  pseudo: PseudoParameters,
): ReadonlyMap<string, boolean> {
  const conditions = new Map<string, boolean>()
  const context = createContext(scopeWithoutResources(template, parameters, pseudo, conditions))
  const { order, cyclic } = sortGraph(conditionGraph(template))
  if (cyclic.length > 0) throw refuse(circularConditions(cyclic))
  for (const name of order) {
    const holds = evaluateClaim(template.conditions[name] ?? null, context)
    if (typeof holds !== 'boolean') throw refuse(notACondition(name))
    conditions.set(name, holds)
  }
  return conditions
}

/** Which condition names which others. */
export function conditionGraph({ conditions }: Template): Graph {
  return new Map(
    Object.entries(conditions).map(([name, condition]) => {
      const needs = referencesIn([{ 'Fn::Not': [condition] }], 'all')
        .filter(({ kind }) => kind === 'condition')
        .map((reference) => reference.name)
      return [name, new Set(needs)]
    }),
  )
}

/** Where there are only parameters and mappings: conditions and rules. */
export function scopeWithoutResources(
  { mappings }: Template,
  parameters: ResolvedParameters,
  pseudo: PseudoParameters,
  conditions: ReadonlyMap<string, boolean>,
): EvaluationScope {
  const refuseName = (name: string): never => {
    const message = `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`
    throw refuse(message)
  }
  return {
    parameters,
    pseudo,
    conditions,
    mappings,
    resource: refuseName,
    importValue: refuseName,
    stackOutput: ({ stackName }) => refuseName(stackName),
  }
}

export function circularConditions(names: readonly string[]): string {
  return `Template format error: Circular dependencies between conditions: [${names.join(', ')}]`
}

export function notACondition(name: string): string {
  return `Template format error: Every Conditions member must contain a function that gives true or false; ${name} does not`
}

export function isConditionBody(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
