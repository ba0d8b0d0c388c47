// CreateUserPoolClient and UpdateUserPoolClient, from members of the model to what the feature works
// with, and back.
import type { NewPoolClient } from '../../issuer/pool-clients.ts'
import type { PoolClient } from '../../issuer/pool-client.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { UpdateUserPoolClientRequest, UserPoolClientType } from './shapes.ts'

type ClientInput = Omit<UpdateUserPoolClientRequest, 'ClientId' | 'ClientName'>

const UNIT_S = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const
const HOUR_S = UNIT_S.hours
const DEFAULT_REFRESH_DAYS = 30
const LEGACY_FLOWS: readonly string[] = [
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
]

export function readClientSettings(input: ClientInput, clientName: string): NewPoolClient {
  const {
    AllowedOAuthFlows: allowedOAuthFlows = [],
    AllowedOAuthScopes: scopes = [],
    AllowedOAuthFlowsUserPoolClient: allowsOAuth = false,
    ExplicitAuthFlows: explicitAuthFlows,
    CallbackURLs: callbackUrls = [],
    LogoutURLs: logoutUrls = [],
    DefaultRedirectURI: defaultRedirectUri,
    RefreshTokenRotation: rotation,
    PreventUserExistenceErrors,
    EnableTokenRevocation: allowsRevocation = true,
    ...rest
  } = input
  checkAuthFlows(explicitAuthFlows)
  checkProviders(input)
  const graceSeconds = rotation?.RetryGracePeriodSeconds ?? 0
  return {
    clientName,
    allowedOAuthFlows,
    scopes,
    allowsOAuth,
    explicitAuthFlows,
    callbackUrls,
    logoutUrls,
    defaultRedirectUri,
    ...readValidity(input),
    refreshTokenRotation: rotation?.Feature === 'ENABLED' ? { graceSeconds } : undefined,
    hidesUnknownUsers: PreventUserExistenceErrors === 'ENABLED',
    allowsRevocation,
    kept: keptMembers(rest),
  }
}

/** Without ids, dates and the secret. */
export function describeClientSettings(client: PoolClient): UserPoolClientType {
  const { callbackUrls, logoutUrls, defaultRedirectUri, refreshTokenRotation } = client
  const hasFlows = client.allowedOAuthFlows.length > 0
  return {
    RefreshTokenValidity: DEFAULT_REFRESH_DAYS,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
    ...client.kept,
    ClientName: client.clientName,
    AllowedOAuthFlowsUserPoolClient: client.allowsOAuth,
    ...(hasFlows && { AllowedOAuthFlows: client.allowedOAuthFlows }),
    ...(client.scopes.length > 0 && { AllowedOAuthScopes: client.scopes }),
    ...(client.explicitAuthFlows && { ExplicitAuthFlows: client.explicitAuthFlows as [] }),
    ...(callbackUrls.length > 0 && { CallbackURLs: callbackUrls }),
    ...(logoutUrls.length > 0 && { LogoutURLs: logoutUrls }),
    ...(defaultRedirectUri !== undefined && { DefaultRedirectURI: defaultRedirectUri }),
    ...(refreshTokenRotation && {
      RefreshTokenRotation: {
        Feature: 'ENABLED' as const,
        RetryGracePeriodSeconds: refreshTokenRotation.graceSeconds,
      },
    }),
    PreventUserExistenceErrors: client.hidesUnknownUsers ? 'ENABLED' : 'LEGACY',
    EnableTokenRevocation: client.allowsRevocation,
  }
}

/** Validity members stay as they came, units included; the secret and the ids live elsewhere. */
function keptMembers(rest: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !KEPT_ELSEWHERE.has(name)))
}

const KEPT_ELSEWHERE: ReadonlySet<string> = new Set([
  'UserPoolId',
  'ClientId',
  'ClientName',
  'GenerateSecret',
  'ClientSecret',
])

function readValidity(input: ClientInput) {
  const { AccessTokenValidity, IdTokenValidity, TokenValidityUnits: units } = input
  const accessUnit = UNIT_S[units?.AccessToken ?? 'hours']
  const idUnit = UNIT_S[units?.IdToken ?? 'hours']
  const refreshUnit = UNIT_S[units?.RefreshToken ?? 'days']
  const { RefreshTokenValidity: refresh = 0 } = input
  const refreshTokenValiditySeconds =
    refresh === 0 ? DEFAULT_REFRESH_DAYS * UNIT_S.days : refresh * refreshUnit
  return {
    accessTokenValiditySeconds: AccessTokenValidity ? AccessTokenValidity * accessUnit : HOUR_S,
    idTokenValiditySeconds: IdTokenValidity ? IdTokenValidity * idUnit : HOUR_S,
    refreshTokenValiditySeconds,
  }
}

function checkAuthFlows(flows: readonly string[] = []): void {
  const legacy = flows.filter((flow) => LEGACY_FLOWS.includes(flow))
  if (legacy.length > 0 && legacy.length < flows.length) {
    throw invalid('ExplicitAuthFlows: those with ALLOW_ cannot be mixed with those without')
  }
  if (flows.includes('ALLOW_CLIENT_TOKEN_AUTH') && flows.length > 1) {
    throw invalid('ExplicitAuthFlows: ALLOW_CLIENT_TOKEN_AUTH cannot be combined with others')
  }
}

function checkProviders({ SupportedIdentityProviders = [], UserPoolId }: ClientInput): void {
  const other = SupportedIdentityProviders.find((name) => name !== 'COGNITO')
  if (other === undefined) return
  throw invalid(`The provider ${other} does not exist for User Pool ${UserPoolId}.`)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
