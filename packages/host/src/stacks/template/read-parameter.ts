import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { isList, isObject, isScalar } from './intrinsic.ts'
import { readParameterType } from './parameter-types.ts'
import type { TemplateParameter } from './template.ts'

const MEMBERS: ReadonlySet<string> = new Set([
  'Type',
  'Default',
  'AllowedValues',
  'AllowedPattern',
  'ConstraintDescription',
  'Description',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
  'NoEcho',
])

export function readParameter(value: Json, name: string): TemplateParameter {
  if (!isObject(value)) {
    throw refuse(`Template format error: Any Parameters member must be an object; ${name} is not.`)
  }
  const strange = Object.keys(value).find((member) => !MEMBERS.has(member))
  if (strange !== undefined) throw refuse(`Invalid template parameter property '${strange}'`)
  const { Type: type, Default, AllowedValues } = value
  if (typeof type !== 'string') {
    throw refuse(
      `Template format error: Every Parameters object must contain a Type member; ${name} does not.`,
    )
  }
  if (readParameterType(type) === undefined) {
    throw refuse(`Template format error: Unrecognized parameter type: ${type}`)
  }
  const texts = {
    allowedPattern: readText(value['AllowedPattern'], name, 'AllowedPattern'),
    constraintDescription: readText(value['ConstraintDescription'], name, 'ConstraintDescription'),
    description: readText(value['Description'], name, 'Description'),
    default: readDefault(Default, name),
  }
  const numbers = {
    minLength: readNumber(value['MinLength'], name, 'MinLength'),
    maxLength: readNumber(value['MaxLength'], name, 'MaxLength'),
    minValue: readNumber(value['MinValue'], name, 'MinValue'),
    maxValue: readNumber(value['MaxValue'], name, 'MaxValue'),
  }
  const isAllowedList = isList(AllowedValues) && AllowedValues.every(isScalar)
  if (AllowedValues !== undefined && !isAllowedList) {
    throw refuse(
      `Template format error: AllowedValues of the parameter ${name} must be a list of strings`,
    )
  }
  return {
    type,
    ...withoutUndefined(texts),
    ...withoutUndefined(numbers),
    ...(isAllowedList && { allowedValues: AllowedValues.map(String) }),
    noEcho: readText(value['NoEcho'], name, 'NoEcho')?.toLowerCase() === 'true',
  }
}

function readDefault(value: Json | undefined, name: string): string | undefined {
  if (value === undefined) return undefined
  if (isScalar(value)) return String(value)
  throw refuse(
    `Template format error: Every Default member must be a string; that of the parameter ${name} is not.`,
  )
}

function readText(value: Json | undefined, name: string, member: string): string | undefined {
  if (value === undefined) return undefined
  if (isScalar(value)) return String(value)
  throw refuse(`Template format error: ${member} of the parameter ${name} must be a string`)
}

function readNumber(value: Json | undefined, name: string, member: string): number | undefined {
  if (value === undefined) return undefined
  const number = isScalar(value) && value !== '' ? Number(value) : Number.NaN
  if (Number.isFinite(number)) return number
  throw refuse(`Template format error: ${member} of the parameter ${name} must be a number`)
}

function withoutUndefined<Members extends object>(members: Members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Members]?: Exclude<Members[Name], undefined>
  }
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
