// How a gateway shows an MCP server who it is (AgentCore developer guide, outbound authorization).
import { createHash } from 'node:crypto'
import { HostError } from '../../kernel/host-error.ts'
import { API_KEY_HEADER, prefixKey } from '../compat.ts'
import type { GatewayRecord } from '../gateway-record.ts'
import type { ApiKeyCredentials, OAuthCredentials } from '../outbound-credentials.ts'
import type { GatewayIdentity, OutboundTokens } from '../outbound-tokens.ts'
import type { TargetFacts } from '../target-record.ts'
import type { OutgoingRequest } from './remote-fetch.ts'
import type { RequestSigner } from './request-signer.ts'

export interface OutboundAuth {
  /** Whether each caller shows something of his own; then nobody shares a connection. */
  readonly isPersonal: boolean
  /** Whether another credential can be had when a server refuses the first. */
  readonly isRenewable: boolean
  /** The request with the credential. Rejects with LoginNeeded when a user has to log in first. */
  authorize(request: OutgoingRequest, by: CredentialUse): Promise<OutgoingRequest>
}

export interface CredentialUse {
  readonly user: CredentialUser
  /** What was shown before was refused. */
  readonly forceNew: boolean
}

/** For whom a request is made: the gateway itself, which reads tools, or a caller of one. */
export type CredentialUser =
  | { readonly kind: 'gateway' }
  | { readonly kind: 'caller'; readonly token: string | undefined }

export interface OutboundAuthOptions {
  readonly outbound: OutboundTokens
  readonly signer: RequestSigner
}

/** Somebody has to log in there before a token can be had. */
export class LoginNeeded extends Error {
  override readonly name = 'LoginNeeded'
  readonly url: string
  /** The same for the same login, and telling nothing about it. */
  readonly elicitationId: string

  constructor(url: string, sessionUri: string) {
    super('A user has to log in first')
    this.url = url
    this.elicitationId = createHash('sha256').update(sessionUri).digest('hex').slice(0, 32)
  }
}

const SHARED = { isPersonal: false, isRenewable: false }

/** What a target's credentials ask for, on behalf of its gateway. */
export function createOutboundAuth(
  gateway: GatewayRecord,
  { credentialProviderConfigurations: [credentials] }: TargetFacts,
  { outbound, signer }: OutboundAuthOptions,
): OutboundAuth {
  const { scope, roleArn } = gateway
  const identity = { scope, workloadName: gateway.gatewayId }
  switch (credentials?.credentialProviderType) {
    case undefined:
      return { ...SHARED, authorize: async (request) => request }
    case 'API_KEY':
      return apiKeyAuth(identity, credentials, outbound)
    case 'OAUTH':
      return tokenAuth(identity, credentials, outbound)
    case 'GATEWAY_IAM_ROLE': {
      const { service = '', region = scope.region } =
        credentials.credentialProvider?.iamCredentialProvider ?? {}
      return {
        ...SHARED,
        async authorize(request) {
          const headers = signer.sign({ request, service, region, scope, roleArn })
          return { ...request, headers }
        },
      }
    }
  }
}

function apiKeyAuth(
  identity: GatewayIdentity,
  { credentialProvider: { apiKeyCredentialProvider: config } }: ApiKeyCredentials,
  outbound: OutboundTokens,
): OutboundAuth {
  const { providerArn, credentialLocation, credentialPrefix = '' } = config
  const { credentialParameterName: name = API_KEY_HEADER } = config
  return {
    ...SHARED,
    async authorize(request) {
      const apiKey = await outbound.apiKey({ ...identity, providerArn })
      const value = prefixKey(credentialPrefix, apiKey)
      if (credentialLocation !== 'QUERY_PARAMETER') return withHeader(request, name, value)
      const url = new URL(request.url)
      url.searchParams.set(name, value)
      return { ...request, url }
    },
  }
}

function tokenAuth(
  identity: GatewayIdentity,
  { credentialProvider: { oauthCredentialProvider: config } }: OAuthCredentials,
  outbound: OutboundTokens,
): OutboundAuth {
  const { providerArn, scopes, customParameters, defaultReturnUrl: returnUrl } = config
  const { grantType = 'CLIENT_CREDENTIALS' } = config
  return {
    isPersonal: grantType !== 'CLIENT_CREDENTIALS',
    isRenewable: true,
    async authorize(request, { user, forceNew }) {
      // Nobody's token can be exchanged while the gateway reads the tools: it shows its own.
      const isMachine = grantType === 'CLIENT_CREDENTIALS' || user.kind === 'gateway'
      const userToken = user.kind === 'caller' ? user.token : undefined
      if (!isMachine && userToken === undefined) throw nobodyToAskFor(grantType)
      const answer = await outbound.oauth2Token({
        ...identity,
        providerArn,
        scopes,
        ...(customParameters && { customParameters }),
        grantType: isMachine ? 'CLIENT_CREDENTIALS' : grantType,
        ...(!isMachine && userToken !== undefined && { userToken }),
        ...(returnUrl !== undefined && { returnUrl }),
        ...(forceNew && { forceNew }),
      })
      if ('accessToken' in answer) {
        return withHeader(request, 'authorization', `Bearer ${answer.accessToken}`)
      }
      throw new LoginNeeded(answer.authorizationUrl, answer.sessionUri)
    },
  }
}

function nobodyToAskFor(grantType: string): HostError {
  const message = `the target uses ${grantType}, which needs a caller with a token; let callers of the gateway show one (CUSTOM_JWT)`
  return new HostError('ERR_FORBIDDEN', message)
}

function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } }
}
