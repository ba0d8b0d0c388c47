import type { Scope } from '../kernel/scope.ts'

/** How a provider's server is found, as the service model spells it. */
export type OauthDiscovery =
  | { readonly discoveryUrl: string }
  | { readonly authorizationServerMetadata: AuthorizationServerMetadata }

export interface AuthorizationServerMetadata {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly responseTypes?: readonly string[]
  readonly tokenEndpointAuthMethods?: readonly string[]
}

export type ClientAuthenticationMethod = 'CLIENT_SECRET_BASIC' | 'CLIENT_SECRET_POST'

/** `onBehalfOfTokenExchangeConfig`, without the kinds of actor token that are refused. */
export type OnBehalfOfConfig =
  | { readonly grantType: 'JWT_AUTHORIZATION_GRANT' }
  | {
      readonly grantType: 'TOKEN_EXCHANGE'
      readonly tokenExchangeGrantTypeConfig?: {
        readonly actorTokenContent: 'NONE' | 'M2M'
        readonly actorTokenScopes?: readonly string[]
      }
    }

/** Where a credential is: in a secret that the provider owns, or in one of the user's. */
export interface SecretPlace {
  readonly source: 'MANAGED' | 'EXTERNAL'
  readonly secretArn: string
  readonly jsonKey: string
}

export interface CredentialProvider {
  readonly name: string
  readonly scope: Scope
  readonly credentialProviderArn: string
  readonly secret: SecretPlace
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** What a caller may change of an OAuth2 provider, apart from the secret. */
export interface Oauth2Client {
  readonly vendor: string
  /** The member of `oauth2ProviderConfigOutput` that describes it. */
  readonly configArm: string
  readonly clientId: string
  readonly oauthDiscovery: OauthDiscovery
  readonly clientAuthenticationMethod?: ClientAuthenticationMethod
  readonly onBehalfOfTokenExchangeConfig?: OnBehalfOfConfig
}

export interface Oauth2Members {
  readonly client: Oauth2Client
  /** The last part of the callback URL. */
  readonly callbackId: string
}

export type Oauth2CredentialProvider = CredentialProvider & Oauth2Members
