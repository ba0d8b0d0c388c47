// Functions that give a list, or something about one.
import { HostError } from '../../kernel/host-error.ts'
import { UNKNOWN } from '../resource-type.ts'
import { splitAddressBlock } from './address-block.ts'
import { isList, isScalar, maybeList, maybeText, type Intrinsic } from './intrinsic.ts'
import { isUnknown } from './unknown.ts'

const SELECT =
  'Template error: Fn::Select requires a list argument with two elements: an integer index and a list'
const GET_AZS =
  'Template error: every Fn::GetAZs object must have a String-typed value: the name of a Region, or an empty string'
const CIDR =
  'Template error: Fn::Cidr requires a list argument with two or three elements: an address block, the count of blocks and optionally the count of subnet bits'
const LENGTH = 'Template error: Fn::Length requires a list, or a function that returns one'

const select: Intrinsic = {
  problem(args) {
    if (!isList(args) || args.length !== 2 || !maybeText(args[0]) || !maybeList(args[1])) {
      return SELECT
    }
    return isScalar(args[0]) && !isIndex(args[0]) ? SELECT : undefined
  },
  evaluate(args, { evaluate }) {
    if (!isList(args)) throw refuse(SELECT)
    const [index = null, list = null] = args.map(evaluate)
    if (isUnknown(index) || isUnknown(list)) return UNKNOWN
    if (!isScalar(index) || !isIndex(index) || !isList(list)) throw refuse(SELECT)
    const found = list[Number(index)]
    if (found !== undefined) return found
    throw refuse(`Template error: Fn::Select cannot select nonexistent value at index ${index}`)
  },
}

/** The host has no zones; texts as a Region's first three are called stand for them. */
const getAzs: Intrinsic = {
  problem: (args) => (maybeText(args) ? undefined : GET_AZS),
  evaluate(args, { scope, evaluate }) {
    const region = evaluate(args)
    if (isUnknown(region)) return UNKNOWN
    if (typeof region !== 'string') throw refuse(GET_AZS)
    const asked = region === '' ? scope.pseudo.region : region
    return ['a', 'b', 'c'].map((zone) => asked + zone)
  },
}

const cidr: Intrinsic = {
  problem(args) {
    const isGood = isList(args) && (args.length === 2 || args.length === 3) && args.every(maybeText)
    return isGood ? undefined : CIDR
  },
  evaluate(args, { evaluate }) {
    const values = evaluate(args)
    if (!isList(values)) throw refuse(CIDR)
    if (values.some(isUnknown)) return UNKNOWN
    if (!values.every(isScalar)) throw refuse(CIDR)
    const [block = '', count, bits] = values
    return splitAddressBlock(
      String(block),
      Number(count),
      bits === undefined ? undefined : Number(bits),
    )
  },
}

const length: Intrinsic = {
  problem: (args) => (maybeList(args) ? undefined : LENGTH),
  evaluate(args, { evaluate }) {
    const list = evaluate(args)
    if (isUnknown(list)) return UNKNOWN
    if (!isList(list)) throw refuse(LENGTH)
    return list.length
  },
}

export const LIST_FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  'Fn::Select': select,
  'Fn::GetAZs': getAzs,
  'Fn::Cidr': cidr,
  'Fn::Length': length,
}

function isIndex(value: string | number | boolean): boolean {
  return /^\d{1,9}$/.test(String(value))
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
