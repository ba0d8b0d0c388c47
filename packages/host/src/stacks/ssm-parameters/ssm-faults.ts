// Parameter Store's own errors (SSM 2014-11-06). Its models give them no status: json answers 400.
import { AwsFault } from '../../aws/aws-fault.ts'

export function parameterMissing(name: string): AwsFault {
  return new AwsFault('ParameterNotFound', 400, `Parameter ${name} not found.`)
}

export function versionMissing(name: string, version: string): AwsFault {
  return new AwsFault(
    'ParameterVersionNotFound',
    400,
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  )
}

export function parameterExists(): AwsFault {
  return new AwsFault(
    'ParameterAlreadyExists',
    400,
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  )
}

export function tooManyParameters(limit: number): AwsFault {
  return new AwsFault(
    'ParameterLimitExceeded',
    400,
    `An account has at most ${limit} parameters in a Region.`,
  )
}

export function typeFixed(from: string, to: string): AwsFault {
  return new AwsFault(
    'HierarchyTypeMismatchException',
    400,
    `A parameter of type ${from} cannot become ${to}. Delete it, or create another one.`,
  )
}

export function hierarchyTooDeep(levels: number): AwsFault {
  return new AwsFault(
    'HierarchyLevelLimitExceededException',
    400,
    `A hierarchy can have a maximum of ${levels} levels.`,
  )
}

export function patternInvalid(pattern: string): AwsFault {
  return new AwsFault(
    'InvalidAllowedPatternException',
    400,
    `The regular expression ${pattern} is invalid, or takes too long.`,
  )
}

export function patternDiffers(pattern: string): AwsFault {
  return new AwsFault(
    'ParameterPatternMismatchException',
    400,
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  )
}

export function resourceInvalid(name: string): AwsFault {
  return new AwsFault(
    'InvalidResourceId',
    400,
    `The resource ID ${name} is not valid. Verify that you entered the correct ID and try again.`,
  )
}

export function tooManyTags(limit: number): AwsFault {
  return new AwsFault('TooManyTagsError', 400, `A parameter has at most ${limit} tags.`)
}

export function keyInvalid(keyId: string): AwsFault {
  return new AwsFault(
    'InvalidKeyId',
    400,
    `${keyId} is no key of this host, which seals values under its own: leave KeyId out, or give alias/aws/ssm.`,
  )
}
