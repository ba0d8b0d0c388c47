// What PutParameter makes of a parameter, before its new version is sealed and stored.
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import { matchWrittenPattern } from '../match-written-pattern.ts'
import * as faults from './ssm-faults.ts'
import type { SsmParameter, SsmParameterTier, SsmParameterType } from './ssm-parameter.ts'

export interface SsmParameterInput {
  readonly name: string
  readonly value: string
  /** Needed for a new one. */
  readonly type?: SsmParameterType | undefined
  readonly tier?: SsmParameterTier | 'Intelligent-Tiering' | undefined
  readonly description?: string | undefined
  readonly allowedPattern?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly overwrite: boolean
  /** An ARN. */
  readonly changedBy: string
}

export const MAX_TAGS = 50
const MAX_VALUE: Readonly<Record<SsmParameterTier, number>> = { Standard: 4_096, Advanced: 8_192 }

/** A parameter that nobody wrote before. */
export function newParameter(scope: Scope, input: SsmParameterInput): SsmParameter {
  const { name, type, tags = {}, tier = 'Standard', value } = input
  if (type === undefined) throw invalid(TYPE_NEEDED)
  if (Object.keys(tags).length > MAX_TAGS)
    throw invalid(`A parameter has at most ${MAX_TAGS} tags.`)
  const settings = readSettings(input, tierFor(tier, value))
  return checked({ scope, name, type, tags, ...settings, versions: [] }, value)
}

/** A parameter that is overwritten. */
export function changedParameter(known: SsmParameter, input: SsmParameterInput): SsmParameter {
  if (!input.overwrite) throw faults.parameterExists()
  if (input.tags !== undefined) throw invalid(TAGS_WITH_OVERWRITE)
  const { type = known.type, value } = input
  if (type !== known.type) throw faults.typeFixed(known.type, type)
  const tier = input.tier === undefined ? known.tier : tierFor(input.tier, value)
  if (known.tier === 'Advanced' && tier === 'Standard') throw invalid(TIER_FIXED)
  return checked({ ...known, ...readSettings(input, tier) }, value)
}

const TYPE_NEEDED = 'A parameter type is required when you create a parameter.'
const TAGS_WITH_OVERWRITE =
  "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource."
const TIER_FIXED =
  "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter."

function readSettings(
  { description, allowedPattern }: SsmParameterInput,
  tier: SsmParameterTier,
): Pick<SsmParameter, 'tier' | 'description' | 'allowedPattern'> {
  return {
    tier,
    ...(description !== undefined && { description }),
    ...(allowedPattern !== undefined && allowedPattern !== '' && { allowedPattern }),
  }
}

function tierFor(tier: SsmParameterTier | 'Intelligent-Tiering', value: string): SsmParameterTier {
  if (tier !== 'Intelligent-Tiering') return tier
  return value.length > MAX_VALUE.Standard ? 'Advanced' : 'Standard'
}

/** The parameter, when the value suits it. */
function checked(parameter: SsmParameter, value: string): SsmParameter {
  const { tier, allowedPattern } = parameter
  if (value === '') throw invalid('Parameter value must not be empty.')
  if (value.length > MAX_VALUE[tier]) {
    const most = `a maximum parameter value of ${MAX_VALUE[tier]} characters`
    throw invalid(`${tier} tier parameters support ${most}.`)
  }
  if (allowedPattern === undefined) return parameter
  const verdict = matchWrittenPattern(allowedPattern, value)
  if (verdict === 'matches') return parameter
  throw verdict === 'differs'
    ? faults.patternDiffers(allowedPattern)
    : faults.patternInvalid(allowedPattern)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
