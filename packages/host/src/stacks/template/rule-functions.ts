// Functions of the Rules section (CloudFormation template reference, "Rule-specific intrinsic functions").
import type { Json } from '../json.ts'
import { CONDITION_FUNCTIONS } from './condition-functions.ts'
import { isList, isScalar, maybeList, maybeText, type Intrinsic } from './intrinsic.ts'
import { LOOKUP_FUNCTIONS } from './lookup-functions.ts'

const contains: Intrinsic = {
  problem: (args) => (isPair(args) && maybeText(args[1]) ? undefined : arity('Fn::Contains')),
  evaluate(args, { evaluate }) {
    const [list, text] = pairOf(evaluate(args))
    return isScalar(text) && texts(list).includes(String(text))
  },
}

const eachMemberEquals: Intrinsic = {
  problem: (args) =>
    isPair(args) && maybeText(args[1]) ? undefined : arity('Fn::EachMemberEquals'),
  evaluate(args, { evaluate }) {
    const [list, text] = pairOf(evaluate(args))
    return isScalar(text) && texts(list).every((it) => it === String(text))
  },
}

const eachMemberIn: Intrinsic = {
  problem: (args) => (isPair(args) && maybeList(args[1]) ? undefined : arity('Fn::EachMemberIn')),
  evaluate(args, { evaluate }) {
    const [list, among] = pairOf(evaluate(args))
    const allowed = texts(among)
    return texts(list).every((it) => allowed.includes(it))
  },
}

const { 'Fn::If': _, ...CLAIMS } = CONDITION_FUNCTIONS

/** Functions that ask AWS for attributes of what a parameter names (`Fn::ValueOf`, `Fn::RefAll`) are not among them. */
export const RULE_FUNCTIONS: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries({
    ...CLAIMS,
    Ref: LOOKUP_FUNCTIONS['Ref'],
    'Fn::Contains': contains,
    'Fn::EachMemberEquals': eachMemberEquals,
    'Fn::EachMemberIn': eachMemberIn,
  }).filter((row): row is [string, Intrinsic] => row[1] !== undefined),
)

export function ruleProblem(name: string, args: Json): string | undefined {
  const intrinsic = RULE_FUNCTIONS.get(name)
  if (intrinsic === undefined) {
    return `Template error: ${name} is not supported in the Rules block on this host`
  }
  return intrinsic.problem(args)
}

function isPair(args: Json): args is readonly [Json, Json] {
  return isList(args) && args.length === 2 && maybeList(args[0])
}

function pairOf(value: Json): readonly [Json, Json] {
  const [first = null, second = null] = isList(value) ? value : []
  return [first, second]
}

function texts(value: Json): readonly string[] {
  return (isList(value) ? value : []).filter(isScalar).map(String)
}

function arity(name: string): string {
  return `Template error: every ${name} object requires two parameters, a list of strings and what its members are compared with`
}
