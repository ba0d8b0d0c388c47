import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import { scopeWithoutResources } from './conditions.ts'
import { createContext } from './evaluate.ts'
import type { PseudoParameters } from './evaluation-scope.ts'
import { isList, isObject } from './intrinsic.ts'
import type { ResolvedParameters } from './parameters.ts'
import { RULE_FUNCTIONS } from './rule-functions.ts'
import type { Template } from './template.ts'

/** Refuses parameters that an assertion of the template's Rules forbids. */
export function checkRules(
  template: Template,
  parameters: ResolvedParameters,
  pseudo: PseudoParameters,
): void {
  const scope = scopeWithoutResources(template, parameters, pseudo, new Map())
  const context = createContext(scope, RULE_FUNCTIONS)
  const holds = (claim: Json) => context.evaluate(claim) === true
  const failed = Object.entries(template.rules).flatMap(([name, value]) => {
    const { RuleCondition, assertions } = readRule(name, value)
    if (RuleCondition !== undefined && !holds(RuleCondition)) return []
    return assertions
      .filter(({ Assert }) => !holds(Assert ?? null))
      .map(({ AssertDescription }) =>
        typeof AssertDescription === 'string'
          ? AssertDescription
          : `the rule ${name} does not hold`,
      )
  })
  if (failed.length === 0) return
  throw refuse(`Template validation error: Rule assertion failed: ${failed.join('; ')}`)
}

function readRule(name: string, value: Json) {
  const message = `Template format error: The rule ${name} must have Assertions, a list of objects with Assert`
  if (!isObject(value)) throw refuse(message)
  const { RuleCondition, Assertions } = value
  if (!isList(Assertions) || !Assertions.every(isAssertion)) throw refuse(message)
  return { RuleCondition, assertions: Assertions }
}

function isAssertion(value: Json): value is JsonObject {
  return isObject(value) && value['Assert'] !== undefined
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
