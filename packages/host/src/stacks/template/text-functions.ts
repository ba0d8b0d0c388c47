// Functions that give texts (CloudFormation template reference, "Intrinsic functions").
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { UNKNOWN } from '../resource-type.ts'
import {
  isList,
  isObject,
  isScalar,
  maybeList,
  maybeText,
  type EvaluationContext,
  type Intrinsic,
} from './intrinsic.ts'
import { lookUpAttribute, lookUpReference } from './lookup-functions.ts'
import { splitSub } from './sub-text.ts'
import { charactersOf } from './text-budget.ts'
import { holdsUnknown, isUnknown } from './unknown.ts'
import { splitAttributePath } from './attribute-path.ts'

const JOIN =
  'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.'
const SPLIT =
  'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.'
const SUB =
  "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string"
const SUB_NAME =
  'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons'
const SUB_VALUE =
  'Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string'
const BASE64 = 'Template error: every Fn::Base64 object must have a String-typed value.'
const TO_JSON = 'Template error: every Fn::ToJsonString object requires an object or a list'

const VARIABLE = /^[\w.:]+$/

const join: Intrinsic = {
  problem(args) {
    const [delimiter, parts] = isList(args) ? args : []
    const isGood = isList(args) && args.length === 2 && typeof delimiter === 'string'
    if (!isGood || !maybeList(parts)) return JOIN
    return isList(parts) && !parts.every(maybeText) ? JOIN : undefined
  },
  evaluate(args, { evaluate, spend }) {
    const [delimiter, parts] = evaluate(args) as [string, Json]
    if (isUnknown(parts)) return UNKNOWN
    if (!isList(parts) || !parts.every(isScalar)) throw refuse(JOIN)
    spend(charactersOf(parts) + parts.length * delimiter.length)
    return parts.some(isUnknown) ? UNKNOWN : parts.join(delimiter)
  },
}

const split: Intrinsic = {
  problem(args) {
    const [delimiter, text] = isList(args) ? args : []
    const isGood = isList(args) && args.length === 2 && typeof delimiter === 'string'
    return isGood && delimiter !== '' && maybeText(text) ? undefined : SPLIT
  },
  evaluate(args, { evaluate }) {
    const [delimiter, text] = evaluate(args) as [string, Json]
    if (isUnknown(text)) return UNKNOWN
    if (!isScalar(text)) throw refuse(SPLIT)
    return String(text).split(delimiter)
  },
}

const sub: Intrinsic = {
  problem(args) {
    const { text, values } = readSub(args)
    if (typeof text !== 'string' || !isObject(values)) return SUB
    if (!Object.values(values).every(maybeText)) return SUB_VALUE
    const names = splitSub(text).flatMap((part) => ('variable' in part ? [part.variable] : []))
    return names.every((name) => VARIABLE.test(name)) ? undefined : SUB_NAME
  },
  evaluate(args, context) {
    const { text, values } = readSub(args)
    if (typeof text !== 'string' || !isObject(values)) throw refuse(SUB)
    const valueOf = (variable: string) => {
      const value = Object.hasOwn(values, variable)
        ? context.evaluate(values[variable] ?? null)
        : lookUpVariable(variable, context)
      if (!isScalar(value)) throw refuse(SUB_VALUE)
      return value
    }
    const known = new Map<string, string | number | boolean>()
    const pieces = splitSub(text).map((part) => {
      if ('text' in part) return part.text
      const { variable } = part
      // Once for all its occurrences: values that nest would take exponential time.
      const value = known.get(variable) ?? valueOf(variable)
      known.set(variable, value)
      context.spend(String(value).length)
      return value
    })
    return pieces.some(isUnknown) ? UNKNOWN : pieces.join('')
  },
}

const base64: Intrinsic = {
  problem: (args) => (maybeText(args) ? undefined : BASE64),
  evaluate(args, { evaluate }) {
    const text = evaluate(args)
    if (!isScalar(text)) throw refuse(BASE64)
    return isUnknown(text) ? UNKNOWN : Buffer.from(String(text)).toString('base64')
  },
}

const toJsonString: Intrinsic = {
  problem: (args) => (isObject(args) || isList(args) ? undefined : TO_JSON),
  evaluate(args, { evaluate }) {
    const value = evaluate(args)
    return holdsUnknown(value) ? UNKNOWN : JSON.stringify(value)
  },
}

export const TEXT_FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Sub': sub,
  'Fn::Base64': base64,
  'Fn::ToJsonString': toJsonString,
}

/** The text alone, or with a map of values for its variables. */
export function readSub(args: Json): { readonly text: Json; readonly values: Json } {
  if (!isList(args)) return { text: args, values: {} }
  const [text = null, values = null] = args
  return args.length === 2 ? { text, values } : { text: null, values }
}

function lookUpVariable(name: string, context: EvaluationContext): Json {
  const path = splitAttributePath(name)
  const value =
    path === undefined
      ? lookUpReference(name, context.scope)
      : lookUpAttribute(path.logicalId, path.attribute, context.scope)
  if (typeof value === 'symbol') throw refuse(SUB_VALUE)
  return value
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
