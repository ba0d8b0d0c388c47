export type OAuthFlow = 'code' | 'implicit' | 'client_credentials'

/** An app client of a user pool (cognito-idp 2016-04-18, UserPoolClientType), as its row holds it. */
export interface PoolClient extends PoolClientSettings {
  readonly clientId: string
  /** None: a public client, which proves itself with PKCE alone. Oldest first. */
  readonly secrets: readonly ClientSecret[]
  /** `registration`: it registered itself (RFC 7591), so people are asked before it gets a token. */
  readonly origin: ClientOrigin
  /** Set when a person let it in for the first time. */
  readonly isUsed?: true
  readonly createdAt: string
  readonly updatedAt: string
}

export type ClientOrigin = 'app' | 'api' | 'registration'

export interface ClientSecret {
  readonly secretId: string
  readonly sealed: string
  readonly createdAt: string
}

/** What the owner of a client decides. */
export interface PoolClientSettings {
  readonly clientName: string
  /** `identifier/scope` of resource servers, and those of OpenID Connect. */
  readonly scopes: readonly string[]
  readonly allowedOAuthFlows: readonly OAuthFlow[]
  /** AllowedOAuthFlowsUserPoolClient: without it, no OAuth endpoint serves the client. */
  readonly allowsOAuth: boolean
  /** Undefined: what Cognito allows then. */
  readonly explicitAuthFlows?: readonly string[] | undefined
  readonly callbackUrls: readonly string[]
  readonly logoutUrls: readonly string[]
  readonly defaultRedirectUri?: string | undefined
  readonly accessTokenValiditySeconds: number
  readonly idTokenValiditySeconds: number
  readonly refreshTokenValiditySeconds: number
  /** A refresh token is replaced at each use; the one before works for so long. */
  readonly refreshTokenRotation?: { readonly graceSeconds: number } | undefined
  /** PreventUserExistenceErrors: an unknown user looks like a wrong password. */
  readonly hidesUnknownUsers: boolean
  readonly allowsRevocation: boolean
  /** Members of the service model without effect here, given back as they came. */
  readonly kept: Readonly<Record<string, unknown>>
}

export const OPENID_SCOPES: readonly string[] = ['openid', 'email', 'phone', 'profile']
/** Lets a person's token call Cognito's own user operations. */
export const USER_ADMIN_SCOPE = 'aws.cognito.signin.user.admin'

const DAY_S = 86_400
/** No access or id token lives longer. */
export const MAX_VALIDITY_S = DAY_S

export const DEFAULT_CLIENT: Omit<PoolClientSettings, 'clientName'> = {
  scopes: [],
  allowedOAuthFlows: [],
  allowsOAuth: false,
  callbackUrls: [],
  logoutUrls: [],
  accessTokenValiditySeconds: 3_600,
  idTokenValiditySeconds: 3_600,
  refreshTokenValiditySeconds: 30 * DAY_S,
  hidesUnknownUsers: false,
  allowsRevocation: true,
  kept: {},
}

/** A row of this version or of 0.1, which knew one secret and the machines' flow only. */
export type ClientRow = Pick<PoolClient, 'clientId' | 'clientName'> &
  Partial<PoolClient> & { readonly sealedSecret?: string }

export function readClientRow({ sealedSecret, ...row }: ClientRow): PoolClient {
  const createdAt = row.createdAt ?? new Date(0).toISOString()
  const secretId = `${row.clientId}--${Date.parse(createdAt) / 1_000}`
  return {
    ...DEFAULT_CLIENT,
    allowsOAuth: sealedSecret !== undefined,
    secrets: sealedSecret === undefined ? [] : [{ secretId, sealed: sealedSecret, createdAt }],
    origin: 'api',
    updatedAt: createdAt,
    ...row,
    createdAt,
  }
}

export function isPublic({ secrets }: PoolClient): boolean {
  return secrets.length === 0
}

/** Whether people sign in through it, in whatever way. */
export function signsPeopleIn({ allowedOAuthFlows, explicitAuthFlows = [] }: PoolClient): boolean {
  const isForPeople = explicitAuthFlows.some((flow) => flow !== 'ALLOW_CLIENT_TOKEN_AUTH')
  return allowedOAuthFlows.includes('code') || isForPeople
}
