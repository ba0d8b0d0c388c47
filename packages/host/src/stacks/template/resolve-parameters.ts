// The parameters of a stack: what was given, what the template says of it, what Ref gives
// (CloudFormation user guide, "Parameters section structure and syntax").
import { HostError } from '../../kernel/host-error.ts'
import { createPatternMatcher } from '../match-written-pattern.ts'
import { checkConstraints } from './parameter-constraints.ts'
import { readParameterType } from './parameter-types.ts'
import type { GivenParameter, ResolvedParameter, ResolvedParameters } from './parameters.ts'
import { splitList } from './split-list.ts'
import type { Template, TemplateParameter } from './template.ts'

/** A parameter of the parameter store; undefined when there is none. */
export type FindStoredParameter = (name: string) => Promise<string | undefined>

/** Every parameter of the template with its value; refuses, in CloudFormation's words, what cannot be. */
export async function resolveParameters(
  { parameters }: Template,
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, Pick<ResolvedParameter, 'text'>> | undefined,
  findStored: FindStoredParameter,
): Promise<ResolvedParameters> {
  const texts = readGiven(given, previous)
  const strange = [...texts.keys()].filter((key) => parameters[key] === undefined)
  if (strange.length > 0) {
    throw refuse(`Parameters: [${strange.join(', ')}] do not exist in the template`)
  }
  const known = Object.entries(parameters).map(
    ([key, parameter]) => [key, parameter, texts.get(key) ?? parameter.default] as const,
  )
  const missing = known.filter(([, , text]) => text === undefined).map(([key]) => key)
  if (missing.length > 0) throw refuse(`Parameters: [${missing.join(', ')}] must have values`)
  const matchPattern = createPatternMatcher()
  for (const [key, parameter, text = ''] of known) {
    checkConstraints(key, parameter, text, matchPattern)
  }
  const resolved = await Promise.all(
    known.map(
      async ([key, parameter, text = '']) =>
        [key, await resolve(key, parameter, text, findStored)] as const,
    ),
  )
  return new Map(resolved)
}

function readGiven(
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, Pick<ResolvedParameter, 'text'>> | undefined,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const { key, value, usePreviousValue } of given) {
    if (texts.has(key)) throw refuse(`Duplicate parameter key ${key}`)
    if (usePreviousValue && value !== undefined) {
      throw refuse(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      )
    }
    const before = previous?.get(key)
    if (usePreviousValue && before === undefined) {
      throw refuse(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      )
    }
    const text = usePreviousValue ? before?.text : value
    if (text === undefined) {
      throw refuse(
        `Invalid input for parameter key ${key}. Need to specify either usePreviousValue as true or value for the parameter`,
      )
    }
    texts.set(key, text)
  }
  return texts
}

async function resolve(
  key: string,
  { type, noEcho }: TemplateParameter,
  text: string,
  findStored: FindStoredParameter,
): Promise<ResolvedParameter> {
  const { isList, isStored } = readParameterType(type) ?? { isList: false, isStored: false }
  const effective = isStored ? await needStored(key, text, findStored) : text
  const value = isList ? splitList(effective) : effective
  return { text, value, noEcho, ...(isStored && { resolvedText: effective }) }
}

async function needStored(
  key: string,
  name: string,
  findStored: FindStoredParameter,
): Promise<string> {
  const found = await findStored(name)
  if (found !== undefined) return found
  throw refuse(
    `Unable to fetch parameters [${name}] from parameter store for this account. (parameter ${key})`,
  )
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
