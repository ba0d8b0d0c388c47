// The authorization servers of credential providers: described by whoever registered the provider, or
// by a document that the server publishes (OpenID Connect Discovery 1.0, RFC 8414).
//
// What is different, and stays so:
// - The document's issuer need not be the address it was read from (RFC 8414 §3.3 asks for it): vendors
//   with one address for many tenants break that rule, and the address was chosen by the operator.
import { HostError } from '../kernel/host-error.ts'
import type { OauthDiscovery } from './credential-provider.ts'

export interface AuthorizationServer {
  readonly issuer: string
  /** Machines need none, and servers for machines have none. */
  readonly authorizationEndpoint?: string
  readonly tokenEndpoint: string
  /** Undefined when the server does not say. */
  readonly authMethods?: readonly string[]
  /**
   * Whether its answers to browsers name it (RFC 9207). What a person wrote about a server may spell
   * its issuer otherwise; then the callback URL, which no two providers share, tells them apart
   * (RFC 9700 §4.4.2.2).
   */
  readonly issuerInAnswers: 'required' | 'checked' | 'ignored'
}

export interface AuthorizationServers {
  /** Rejects with `ERR_TARGET_FAILED` when its document cannot be had or used. */
  get(discovery: OauthDiscovery): Promise<AuthorizationServer>
}

interface AuthorizationServersOptions {
  readonly readJson: (url: string) => Promise<unknown>
  readonly rewriteUrl: (url: string) => string
  readonly now: () => number
}

const MAX_AGE_MS = 10 * 60_000
const MAX_DOCUMENTS = 1_000

export function createAuthorizationServers(
  options: AuthorizationServersOptions,
): AuthorizationServers {
  const { readJson, rewriteUrl, now } = options
  const known = new Map<string, { readonly server: AuthorizationServer; readonly readAt: number }>()
  const reading = new Map<string, Promise<AuthorizationServer>>()

  const read = async (discoveryUrl: string): Promise<AuthorizationServer> => {
    const server = readDocument(await readJson(rewriteUrl(discoveryUrl)), discoveryUrl, rewriteUrl)
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MAX_DOCUMENTS) known.delete(oldest)
    known.set(discoveryUrl, { server, readAt: now() })
    return server
  }

  return {
    async get(discovery) {
      if ('authorizationServerMetadata' in discovery) return readMetadata(discovery, rewriteUrl)
      const { discoveryUrl } = discovery
      const kept = known.get(discoveryUrl)
      if (kept && now() - kept.readAt < MAX_AGE_MS) return kept.server
      const running = reading.get(discoveryUrl)
      if (running) return running
      const started = read(discoveryUrl).finally(() => reading.delete(discoveryUrl))
      reading.set(discoveryUrl, started)
      return started
    },
  }
}

function readMetadata(
  discovery: Extract<OauthDiscovery, { authorizationServerMetadata: unknown }>,
  rewriteUrl: (url: string) => string,
): AuthorizationServer {
  const { authorizationServerMetadata: metadata } = discovery
  const { tokenEndpointAuthMethods: authMethods } = metadata
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: rewriteUrl(metadata.authorizationEndpoint),
    tokenEndpoint: rewriteUrl(metadata.tokenEndpoint),
    ...(authMethods && { authMethods }),
    issuerInAnswers: 'ignored',
  }
}

function readDocument(
  document: unknown,
  discoveryUrl: string,
  rewriteUrl: (url: string) => string,
): AuthorizationServer {
  const members = Object(document) as Readonly<Record<string, unknown>>
  const { issuer } = members
  const readEndpoint = (name: string) => {
    const value = members[name]
    const url = typeof value === 'string' ? URL.parse(value) : null
    if (url?.protocol === 'https:' || url?.protocol === 'http:') return rewriteUrl(url.href)
    throw refuse(discoveryUrl, `it has no ${name}`)
  }
  if (typeof issuer !== 'string' || issuer === '') throw refuse(discoveryUrl, 'it has no issuer')
  const methods: unknown = members['token_endpoint_auth_methods_supported']
  const hasAuthorization = members['authorization_endpoint'] !== undefined
  return {
    issuer,
    ...(hasAuthorization && { authorizationEndpoint: readEndpoint('authorization_endpoint') }),
    tokenEndpoint: readEndpoint('token_endpoint'),
    ...(Array.isArray(methods) && { authMethods: methods.filter((it) => typeof it === 'string') }),
    issuerInAnswers:
      members['authorization_response_iss_parameter_supported'] === true ? 'required' : 'checked',
  }
}

function refuse(discoveryUrl: string, why: string): HostError {
  return new HostError('ERR_TARGET_FAILED', `The document at ${discoveryUrl}: ${why}`)
}
