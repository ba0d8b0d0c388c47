import { HostError } from '../../kernel/host-error.ts'
import type { MatchPattern, PatternVerdict } from '../match-written-pattern.ts'
import { splitList } from './split-list.ts'
import { readParameterType } from './parameter-types.ts'
import type { TemplateParameter } from './template.ts'

/** CloudFormation quotas: a parameter's value. */
const MAX_VALUE_BYTES = 4_096

/** Refuses a value that the template does not allow. */
export function checkConstraints(
  key: string,
  parameter: TemplateParameter,
  text: string,
  matchPattern: MatchPattern,
): void {
  if (Buffer.byteLength(text) > MAX_VALUE_BYTES) {
    throw refuse(`Parameter '${key}' must be at most ${MAX_VALUE_BYTES} bytes long`)
  }
  const problem = findProblem(key, parameter, text, matchPattern)
  if (problem === undefined) return
  const { constraintDescription: description } = parameter
  if (description === undefined) throw refuse(problem)
  throw refuse(`Parameter ${key} failed to satisfy constraint: ${description}`)
}

function findProblem(
  key: string,
  parameter: TemplateParameter,
  text: string,
  matchPattern: MatchPattern,
): string | undefined {
  const { allowedPattern } = parameter
  const allowedValues = parameter.allowedValues && new Set(parameter.allowedValues)
  const type = readParameterType(parameter.type)
  const members = type?.isList ? splitList(text) : [text]
  if (allowedValues !== undefined && !members.every((it) => allowedValues.has(it))) {
    return `Parameter '${key}' must be one of AllowedValues`
  }
  if (type?.isNumber) {
    for (const member of members) {
      const problem = findNumberProblem(key, parameter, member)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = parameter
  if (text.length < minLength)
    return `Parameter '${key}' must contain at least ${minLength} characters`
  if (text.length > maxLength)
    return `Parameter '${key}' must contain at most ${maxLength} characters`
  if (allowedPattern === undefined) return undefined
  return describeVerdict(key, allowedPattern, matchPattern(allowedPattern, members))
}

function findNumberProblem(
  key: string,
  { minValue, maxValue }: TemplateParameter,
  text: string,
): string | undefined {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) return `Parameter '${key}' must be a number.`
  if (minValue !== undefined && number < minValue) {
    return `Parameter '${key}' must be a number not less than ${minValue}`
  }
  if (maxValue !== undefined && number > maxValue) {
    return `Parameter '${key}' must be a number not greater than ${maxValue}`
  }
  return undefined
}

function describeVerdict(
  key: string,
  pattern: string,
  verdict: PatternVerdict,
): string | undefined {
  switch (verdict) {
    case 'matches':
      return undefined
    case 'differs':
      return `Parameter '${key}' must match pattern ${pattern}`
    case 'invalid':
      return `Template error: AllowedPattern of the parameter ${key} is not a regular expression: ${pattern}`
    case 'too slow':
      return `Template error: AllowedPattern of the parameter ${key} takes too long: ${pattern}`
  }
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
