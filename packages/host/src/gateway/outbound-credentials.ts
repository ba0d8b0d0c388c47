/** `credentialProviderConfigurations` of a target: how the gateway shows who it is. */
export type OutboundCredentials = GatewayRoleCredentials | ApiKeyCredentials | OAuthCredentials

export interface GatewayRoleCredentials {
  readonly credentialProviderType: 'GATEWAY_IAM_ROLE'
  readonly credentialProvider?: {
    readonly iamCredentialProvider: { readonly service: string; readonly region?: string }
  }
}

export interface ApiKeyCredentials {
  readonly credentialProviderType: 'API_KEY'
  readonly credentialProvider: {
    readonly apiKeyCredentialProvider: {
      readonly providerArn: string
      readonly credentialParameterName?: string
      readonly credentialPrefix?: string
      readonly credentialLocation?: 'HEADER' | 'QUERY_PARAMETER'
    }
  }
}

export interface OAuthCredentials {
  readonly credentialProviderType: 'OAUTH'
  readonly credentialProvider: {
    readonly oauthCredentialProvider: {
      readonly providerArn: string
      readonly scopes: readonly string[]
      readonly customParameters?: Readonly<Record<string, string>>
      readonly grantType?: OAuthGrantType
      readonly defaultReturnUrl?: string
    }
  }
}

export type OAuthGrantType = 'CLIENT_CREDENTIALS' | 'AUTHORIZATION_CODE' | 'TOKEN_EXCHANGE'
