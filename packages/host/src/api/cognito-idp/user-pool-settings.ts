// CreateUserPool and UpdateUserPool, from members of the model to what the feature works with.
import {
  DEFAULT_PASSWORD_POLICY,
  DEFAULT_SETTINGS,
  type PasswordPolicy,
  type UserPoolSettings,
} from '../../issuer/user-pool-record.ts'
import { HostError } from '../../kernel/host-error.ts'
import { customAttributeNames } from './schema.ts'
import type { CreateUserPoolRequest, PasswordPolicyType, UpdateUserPoolRequest } from './shapes.ts'

/** What an update sends, and the members that only a creation can have. */
type PoolInput = Omit<UpdateUserPoolRequest, 'UserPoolId'> &
  Pick<
    CreateUserPoolRequest,
    'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration' | 'Schema'
  >

/** What names the pool, and its tags. */
const KEPT_ELSEWHERE: ReadonlySet<string> = new Set(['UserPoolId', 'PoolName', 'UserPoolTags'])

/** With `before`, what cannot be changed stays as it was; all else is as in a new pool unless given. */
export function readPoolSettings(input: PoolInput, before?: UserPoolSettings): UserPoolSettings {
  refuseWhatWouldMislead(input)
  const {
    Policies,
    DeletionProtection,
    LambdaConfig: _empty,
    AliasAttributes: aliasAttributes = [],
    UsernameAttributes: usernameAttributes = [],
    ...rest
  } = input
  const changeable = {
    passwordPolicy: readPasswordPolicy(Policies?.PasswordPolicy),
    isDeletionProtected: DeletionProtection === 'ACTIVE',
  }
  const signIn = Policies?.SignInPolicy
  const others = Object.entries(rest).filter(([name]) => !KEPT_ELSEWHERE.has(name))
  const withSignIn = {
    ...Object.fromEntries(others),
    ...(signIn !== undefined && { SignInPolicy: signIn }),
  }
  if (before !== undefined) {
    const { Schema, UsernameConfiguration } = before.kept
    const lasting = { ...(Schema !== undefined && { Schema }) }
    const naming = { ...(UsernameConfiguration !== undefined && { UsernameConfiguration }) }
    return { ...before, ...changeable, kept: { ...withSignIn, ...lasting, ...naming } }
  }
  return {
    ...DEFAULT_SETTINGS,
    ...changeable,
    aliasAttributes,
    usernameAttributes,
    isCaseSensitive: input.UsernameConfiguration?.CaseSensitive ?? true,
    customAttributes: customAttributeNames(input.Schema),
    kept: withSignIn,
  }
}

function readPasswordPolicy(policy: PasswordPolicyType | undefined): PasswordPolicy {
  if (policy === undefined) return DEFAULT_PASSWORD_POLICY
  // A policy that is given but incomplete asks for no more than it says.
  return {
    minimumLength: policy.MinimumLength ?? DEFAULT_PASSWORD_POLICY.minimumLength,
    requireUppercase: policy.RequireUppercase ?? false,
    requireLowercase: policy.RequireLowercase ?? false,
    requireNumbers: policy.RequireNumbers ?? false,
    requireSymbols: policy.RequireSymbols ?? false,
    temporaryPasswordValidityDays:
      policy.TemporaryPasswordValidityDays ?? DEFAULT_PASSWORD_POLICY.temporaryPasswordValidityDays,
  }
}

/** Settings that somebody relies on, and that would not do here what they say. */
function refuseWhatWouldMislead(input: PoolInput): void {
  const [trigger] = Object.keys(input.LambdaConfig ?? {})
  if (trigger !== undefined) {
    throw notSupported(`LambdaConfig.${trigger}: Lambda triggers are not served here`)
  }
  if (input.MfaConfiguration === 'ON') {
    throw notSupported(
      'MfaConfiguration ON: there are no second factors here; OFF and OPTIONAL are',
    )
  }
  if (input.KeyConfiguration?.KeyType === 'CUSTOMER_MANAGED_KEY') {
    throw notSupported('KeyConfiguration: keys of KMS are not served here')
  }
  if (input.UserPoolAddOns?.AdvancedSecurityMode === 'ENFORCED') {
    throw notSupported('UserPoolAddOns: threat protection is not enforced here; OFF and AUDIT are')
  }
  if ((input.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0) {
    throw notSupported('PasswordHistorySize: earlier passwords are not remembered here')
  }
}

function notSupported(message: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', message)
}
