import type { Scope } from '../kernel/scope.ts'

/** A user pool as its row holds it. */
export interface UserPoolRecord {
  /** `{region}_XXXXXXXXX` */
  readonly poolId: string
  readonly scope: Scope
  readonly name: string
  /** `app`: the host's own pool, made with the host and not through the API. */
  readonly origin: 'app' | 'api'
  readonly settings: UserPoolSettings
  readonly tags: Readonly<Record<string, string>>
  readonly createdAt: string
  readonly updatedAt: string
}

/** What the owner of a pool decides. */
export interface UserPoolSettings {
  readonly passwordPolicy: PasswordPolicy
  /** People sign in with one of these, and their user name is made up. */
  readonly usernameAttributes: readonly string[]
  /** People may sign in with one of these as well, once it is verified. */
  readonly aliasAttributes: readonly string[]
  readonly isCaseSensitive: boolean
  /** With their prefix: `custom:team`. */
  readonly customAttributes: readonly string[]
  readonly isDeletionProtected: boolean
  /** Members of the service model without effect here, given back as they came. */
  readonly kept: Readonly<Record<string, unknown>>
}

/** cognito-idp 2016-04-18, PasswordPolicyType. */
export interface PasswordPolicy {
  readonly minimumLength: number
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
  readonly requireNumbers: boolean
  readonly requireSymbols: boolean
  readonly temporaryPasswordValidityDays: number
}

/** What a pool has when nothing else was said (developer guide, user pool password requirements). */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
}

export const DEFAULT_SETTINGS: UserPoolSettings = {
  passwordPolicy: DEFAULT_PASSWORD_POLICY,
  usernameAttributes: [],
  aliasAttributes: [],
  isCaseSensitive: true,
  customAttributes: [],
  isDeletionProtected: false,
  kept: {},
}

export function userPoolArn({ poolId, scope }: UserPoolRecord): string {
  return `arn:aws:cognito-idp:${scope.region}:${scope.accountId}:userpool/${poolId}`
}

/** A new pool, with the defaults of what was left out. */
export function createPoolRecord(
  pool: Pick<UserPoolRecord, 'poolId' | 'scope' | 'name' | 'origin'>,
  createdAt: string,
  {
    settings,
    tags = {},
  }: {
    readonly settings?: Partial<UserPoolSettings>
    readonly tags?: Readonly<Record<string, string>>
  } = {},
): UserPoolRecord {
  const merged = { ...DEFAULT_SETTINGS, ...settings }
  return { ...pool, settings: merged, tags, createdAt, updatedAt: createdAt }
}
