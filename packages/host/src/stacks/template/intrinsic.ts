import type { Json, JsonObject } from '../json.ts'
import type { EvaluationScope } from './evaluation-scope.ts'
import type { Evaluated } from './no-value.ts'

/** One intrinsic function: what may stand in it, and what it gives. */
export interface Intrinsic {
  /** What is wrong with the arguments as they are written, in CloudFormation's words; nested functions are not looked into. */
  problem(args: Json): string | undefined
  /** Gets arguments without a problem; throws a `HostError` for what only values can tell. */
  evaluate(args: Json, context: EvaluationContext): Evaluated
}

export interface EvaluationContext {
  readonly scope: EvaluationScope
  /** Evaluates an argument that must have a value; in lists and objects, AWS::NoValue leaves nothing. */
  readonly evaluate: (value: Json) => Json
  /** Evaluates one that may be AWS::NoValue as a whole. */
  readonly evaluateOptional: (value: Json) => Evaluated
  /** Asked before a text is put together from others; refuses when it would be too long. */
  readonly spend: (characters: number) => void
}

/** A function as it stands in a template: an object with one member, `Ref` or `Fn::…`. */
export interface IntrinsicCall {
  readonly name: string
  readonly args: Json
}

export function asIntrinsic(value: Json): IntrinsicCall | undefined {
  if (!isObject(value)) return undefined
  const names = Object.keys(value)
  const [name] = names
  if (name === undefined || names.length !== 1 || !isFunctionName(name)) return undefined
  return { name, args: value[name] ?? null }
}

export function isFunctionName(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::')
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** A text as it is written, or something that may become one. */
export function maybeText(value: Json | undefined): boolean {
  return isScalar(value) || isCall(value)
}

export function maybeList(value: Json | undefined): boolean {
  return isList(value) || isCall(value)
}

export function isCall(value: Json | undefined): boolean {
  return value !== undefined && asIntrinsic(value) !== undefined
}

export function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
