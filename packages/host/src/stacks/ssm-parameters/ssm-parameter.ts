import type { Scope } from '../../kernel/scope.ts'

export type SsmParameterType = 'String' | 'StringList' | 'SecureString'
export type SsmParameterTier = 'Standard' | 'Advanced'

/** A parameter of Parameter Store, as it is stored. */
export interface SsmParameter {
  readonly scope: Scope
  readonly name: string
  readonly type: SsmParameterType
  readonly tier: SsmParameterTier
  readonly description?: string
  readonly allowedPattern?: string
  readonly tags: Readonly<Record<string, string>>
  /** Oldest first; the last one counts. */
  readonly versions: readonly SsmParameterVersion[]
}

export interface SsmParameterVersion {
  readonly version: number
  readonly sealedValue: string
  readonly changedAtMs: number
  /** The ARN of who wrote it. */
  readonly changedBy: string
}

/** One version of a parameter, to be shown. */
export interface ReadSsmParameter {
  readonly parameter: SsmParameter
  readonly version: SsmParameterVersion
  readonly value: string
  /** `:3`, when the caller asked for a version. */
  readonly selector?: string
}

export function ssmParameterArn({ scope, name }: Pick<SsmParameter, 'scope' | 'name'>): string {
  const path = name.startsWith('/') ? name : `/${name}`
  return `arn:aws:ssm:${scope.region}:${scope.accountId}:parameter${path}`
}
