// Functions that look something up: a parameter, a resource, a mapping, another stack's value.
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { UNKNOWN, type ResourceState } from '../resource-type.ts'
import { readAttributePath } from './attribute-path.ts'
import type { EvaluationScope } from './evaluation-scope.ts'
import { isList, isObject, isScalar, maybeText, type Intrinsic } from './intrinsic.ts'
import { NO_VALUE, type Evaluated } from './no-value.ts'
import { findPseudoParameter } from './pseudo-parameters.ts'
import { isUnknown } from './unknown.ts'

const REF = 'Template format error: Every Ref object must have a single String value.'
const GET_ATT =
  'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute'
const FIND_IN_MAP =
  'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value'
const IMPORT_VALUE =
  'Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string'
const STACK_OUTPUT =
  'Template error: every Fn::GetStackOutput object requires StackName and OutputName, which must be strings or functions that return strings'

const ref: Intrinsic = {
  problem: (args) => (typeof args === 'string' && args !== '' ? undefined : REF),
  evaluate: (args, { scope }) => lookUpReference(typeof args === 'string' ? args : '', scope),
}

const getAtt: Intrinsic = {
  problem: (args) => (readAttributePath(args) === undefined ? GET_ATT : undefined),
  evaluate(args, { scope, evaluate }) {
    const path = readAttributePath(args)
    const attribute = path && evaluate(path.attribute)
    if (path === undefined || typeof attribute !== 'string') throw refuse(GET_ATT)
    return isUnknown(attribute) ? UNKNOWN : lookUpAttribute(path.logicalId, attribute, scope)
  },
}

const findInMap: Intrinsic = {
  problem(args) {
    if (!isList(args) || args.length < 3 || args.length > 4) return FIND_IN_MAP
    const [map, top, second, options] = args
    if (![map, top, second].every(maybeText)) return FIND_IN_MAP
    if (options === undefined) return undefined
    return isObject(options) && 'DefaultValue' in options ? undefined : FIND_IN_MAP
  },
  evaluate(args, { scope: { mappings }, evaluate, evaluateOptional }) {
    if (!isList(args)) throw refuse(FIND_IN_MAP)
    const names = args.slice(0, 3).map(evaluate)
    if (names.some(isUnknown)) return UNKNOWN
    if (!names.every(isScalar)) throw refuse(FIND_IN_MAP)
    const [map = '', top = '', second = ''] = names.map(String)
    const found = mappings[map]?.[top]?.[second]
    if (found !== undefined) return found
    const options = args[3]
    if (isObject(options)) return evaluateOptional(options['DefaultValue'] ?? null)
    if (mappings[map] === undefined) {
      const message = `Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`
      throw refuse(message)
    }
    throw refuse(`Template error: Unable to get mapping for ${map}::${top}::${second}`)
  },
}

const importValue: Intrinsic = {
  problem: (args) => (maybeText(args) ? undefined : IMPORT_VALUE),
  evaluate(args, { scope, evaluate }) {
    const name = evaluate(args)
    if (!isScalar(name)) throw refuse(IMPORT_VALUE)
    if (isUnknown(name)) return UNKNOWN
    const value = scope.importValue(String(name))
    if (value === undefined) throw refuse(`No export named ${name} found.`)
    return value
  },
}

const getStackOutput: Intrinsic = {
  problem(args) {
    if (!isObject(args)) return STACK_OUTPUT
    const { StackName, OutputName, Region = '', RoleArn = '' } = args
    return [StackName, OutputName, Region, RoleArn].every(maybeText) ? undefined : STACK_OUTPUT
  },
  evaluate(args, { scope, evaluate }) {
    const names = evaluate(args)
    if (!isObject(names)) throw refuse(STACK_OUTPUT)
    const { StackName: stackName, OutputName: outputName, Region: region } = names
    if (typeof stackName !== 'string' || typeof outputName !== 'string') throw refuse(STACK_OUTPUT)
    if ([stackName, outputName, region ?? ''].some(isUnknown)) return UNKNOWN
    const asked = typeof region === 'string' ? region : undefined
    const value = scope.stackOutput?.({ stackName, outputName, region: asked })
    if (value === undefined) {
      throw refuse(`Template error: the stack ${stackName} has no output ${outputName}`)
    }
    return value
  },
}

export const LOOKUP_FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': importValue,
  'Fn::GetStackOutput': getStackOutput,
}

/** What `Ref` gives: a parameter's value, a pseudo parameter's, or a resource's physical id. */
export function lookUpReference(name: string, scope: EvaluationScope): Evaluated {
  if (name === 'AWS::NoValue') return NO_VALUE
  const parameter = scope.parameters.get(name)
  if (parameter !== undefined) return parameter.value
  const pseudo = findPseudoParameter(name, scope.pseudo)
  if (pseudo !== undefined) return pseudo
  return scope.resource(name)?.physicalId ?? UNKNOWN
}

/** What `Fn::GetAtt` gives. */
export function lookUpAttribute(
  logicalId: string,
  attribute: string,
  scope: EvaluationScope,
): Evaluated {
  const state = scope.resource(logicalId)
  if (state === undefined) return UNKNOWN
  if (state.isSkipped) return `${state.physicalId}.${attribute}`
  const value = findAttribute(state, attribute)
  if (value !== undefined) return value
  throw refuse(
    `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
  )
}

/** Under its dotted name, or inside an object that an attribute is. */
function findAttribute({ attributes }: ResourceState, name: string): Json | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  let value: Json | undefined = attributes
  for (const part of name.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
