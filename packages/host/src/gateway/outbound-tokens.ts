import type { Scope } from '../kernel/scope.ts'
import type { OAuthGrantType } from './outbound-credentials.ts'

/** Whose credentials are asked for: those of a gateway, by its workload identity. */
export interface GatewayIdentity {
  readonly scope: Scope
  readonly workloadName: string
}

export interface TokenRequest extends GatewayIdentity {
  readonly providerArn: string
  readonly scopes: readonly string[]
  readonly customParameters?: Readonly<Record<string, string>>
  readonly grantType: OAuthGrantType
  /** The token that the caller came with, verified: whose token is asked for. */
  readonly userToken?: string
  readonly returnUrl?: string
  /** The one that was given before was refused: fetch another. */
  readonly forceNew?: boolean
}

export type TokenAnswer =
  | { readonly accessToken: string }
  | { readonly authorizationUrl: string; readonly sessionUri: string }

/**
 * What a gateway needs of whatever keeps credential providers. Tokens are kept, and fetched once, by
 * whoever implements this, so that all who call out profit.
 */
export interface OutboundTokens {
  oauth2Token(request: TokenRequest): Promise<TokenAnswer>
  apiKey(request: GatewayIdentity & { readonly providerArn: string }): Promise<string>
}

/** Which credential providers there are. */
export interface CredentialProviders {
  /** Undefined when the ARN names none. */
  kindOf(providerArn: string): 'OAUTH' | 'API_KEY' | undefined
}
