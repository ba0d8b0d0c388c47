// Functions that give true or false, and the one that chooses.
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { UNKNOWN } from '../resource-type.ts'
import {
  isCall,
  isList,
  isObject,
  isScalar,
  type EvaluationContext,
  type Intrinsic,
} from './intrinsic.ts'
import { holdsUnknown } from './unknown.ts'

const IF = 'Template error: Fn::If requires a list argument with three parameters'
const EQUALS = 'Template error: every Fn::Equals object requires a list of 2 string parameters.'
const NOT = 'Template error: every Fn::Not object requires one boolean parameter.'

const choose: Intrinsic = {
  problem(args) {
    return isList(args) && args.length === 3 && typeof args[0] === 'string' ? undefined : IF
  },
  evaluate(args, { scope, evaluateOptional }) {
    if (!isList(args)) throw refuse(IF)
    const [condition, whenTrue = null, whenFalse = null] = args
    const holds = typeof condition === 'string' ? scope.conditions.get(condition) : undefined
    if (holds === undefined)
      throw refuse(unresolved(typeof condition === 'string' ? condition : ''))
    return evaluateOptional(holds ? whenTrue : whenFalse)
  },
}

const equals: Intrinsic = {
  problem: (args) => (isList(args) && args.length === 2 ? undefined : EQUALS),
  evaluate(args, { evaluate }) {
    const values = evaluate(args)
    if (!isList(values) || values.length !== 2) throw refuse(EQUALS)
    if (holdsUnknown(values)) return UNKNOWN
    const [left = null, right = null] = values
    return comparable(left) === comparable(right)
  },
}

const not: Intrinsic = {
  problem: (args) => (isList(args) && args.length === 1 && isClaim(args[0]) ? undefined : NOT),
  evaluate(args, context) {
    const [value] = claims(args, context, NOT)
    return value === UNKNOWN ? UNKNOWN : !value
  },
}

export const CONDITION_FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  'Fn::If': choose,
  'Fn::Equals': equals,
  'Fn::Not': not,
  'Fn::And': several('And', (values) => values.every((it) => it === true)),
  'Fn::Or': several('Or', (values) => values.includes(true)),
}

function several(name: string, decide: (values: readonly Json[]) => boolean): Intrinsic {
  const message = `Template error: every Fn::${name} object requires a list of at least 2 and at most 10 boolean parameters.`
  return {
    problem(args) {
      const isGood = isList(args) && args.length >= 2 && args.length <= 10 && args.every(isClaim)
      return isGood ? undefined : message
    },
    evaluate(args, context) {
      const values = claims(args, context, message)
      return values.includes(UNKNOWN) ? UNKNOWN : decide(values)
    },
  }
}

/** `{Condition: name}`, which is a function only where a claim is asked for. */
export function asConditionName(value: Json | undefined): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined
  const name = value['Condition']
  return typeof name === 'string' ? name : undefined
}

/** The value of what must be true or false. */
export function evaluateClaim(value: Json, context: EvaluationContext): Json {
  const name = asConditionName(value)
  if (name === undefined) return context.evaluate(value)
  const holds = context.scope.conditions.get(name)
  if (holds === undefined) throw refuse(unresolved(name))
  return holds
}

function claims(args: Json, context: EvaluationContext, message: string): readonly Json[] {
  if (!isList(args)) throw refuse(message)
  return args.map((it) => {
    const value = evaluateClaim(it, context)
    if (typeof value === 'boolean' || value === UNKNOWN) return value
    if (value === 'true' || value === 'false') return value === 'true'
    throw refuse(message)
  })
}

function isClaim(value: Json | undefined): boolean {
  const isWritten = value === 'true' || value === 'false' || typeof value === 'boolean'
  return isWritten || isCall(value) || asConditionName(value) !== undefined
}

/** `"1"` and `1` are the same to CloudFormation, as are `"true"` and `true`. */
function comparable(value: Json): string {
  if (isScalar(value)) return JSON.stringify(String(value))
  if (isList(value)) return `[${value.map(comparable).join()}]`
  if (!isObject(value)) return 'null'
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${comparable(value[name] ?? null)}`).join()}}`
}

function unresolved(condition: string): string {
  return `Template format error: Unresolved condition dependency ${condition} in the Conditions block of the template`
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
