import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { EvaluationScope } from './evaluation-scope.ts'
import {
  asIntrinsic,
  isList,
  isObject,
  type EvaluationContext,
  type Intrinsic,
  type IntrinsicCall,
} from './intrinsic.ts'
import { INTRINSICS } from './intrinsics.ts'
import { NO_VALUE, type Evaluated } from './no-value.ts'
import { charactersOf, createTextBudget } from './text-budget.ts'

/**
 * A value of a template with its functions done. What depends on a resource that is not made yet is
 * `UNKNOWN`; undefined is what `AWS::NoValue` leaves of the whole.
 */
export function evaluate(value: Json, scope: EvaluationScope): Json | undefined {
  const evaluated = createContext(scope).evaluateOptional(value)
  return evaluated === NO_VALUE ? undefined : evaluated
}

/** The same for what must be an object: a resource's properties. */
export function evaluateObject(value: JsonObject, scope: EvaluationScope): JsonObject {
  const evaluated = evaluate(value, scope)
  if (isObject(evaluated)) return evaluated
  const message = 'Template format error: Properties must evaluate to an object'
  throw new HostError('ERR_INVALID_INPUT', message)
}

export function createContext(
  scope: EvaluationScope,
  functions: ReadonlyMap<string, Intrinsic> = INTRINSICS,
): EvaluationContext {
  const context: EvaluationContext = {
    scope,
    spend: createTextBudget(),
    evaluate(value) {
      const evaluated = context.evaluateOptional(value)
      if (evaluated !== NO_VALUE) return evaluated
      const message = 'Template error: AWS::NoValue stands where a value is needed'
      throw new HostError('ERR_INVALID_INPUT', message)
    },
    evaluateOptional(value) {
      const call = asIntrinsic(value)
      if (call !== undefined) return callIntrinsic(functions, call, context)
      if (isList(value)) return value.map(context.evaluateOptional).filter(isThere)
      if (!isObject(value)) return value
      const members = Object.entries(value).map(
        ([name, member]) => [name, context.evaluateOptional(member)] as const,
      )
      return Object.fromEntries(
        members.filter((member): member is [string, Json] => isThere(member[1])),
      )
    },
  }
  return context
}

function callIntrinsic(
  functions: ReadonlyMap<string, Intrinsic>,
  { name, args }: IntrinsicCall,
  context: EvaluationContext,
): Evaluated {
  const intrinsic = functions.get(name)
  const problem =
    intrinsic === undefined ? `Template error: ${name} is not supported` : intrinsic.problem(args)
  if (intrinsic === undefined || problem !== undefined) {
    throw new HostError('ERR_INVALID_INPUT', problem ?? name)
  }
  const evaluated = intrinsic.evaluate(args, context)
  if (evaluated !== NO_VALUE) context.spend(charactersOf(evaluated))
  return evaluated
}

function isThere(value: Evaluated): value is Json {
  return value !== NO_VALUE
}
