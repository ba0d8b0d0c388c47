import { OPENID_SCOPES } from './pool-client.ts'

export const PATHS = {
  openid: '/.well-known/openid-configuration',
  authorizationServer: '/.well-known/oauth-authorization-server',
  jwks: '/.well-known/jwks.json',
  authorize: '/oauth2/authorize',
  token: '/oauth2/token',
  userInfo: '/oauth2/userInfo',
  revoke: '/oauth2/revoke',
  register: '/oauth2/register',
  login: '/login',
  logout: '/logout',
} as const

/** The paths that are about people (pool-people.ts). */
export const PEOPLE_PATHS: ReadonlySet<string> = new Set([
  PATHS.authorize,
  PATHS.userInfo,
  PATHS.revoke,
  PATHS.register,
  PATHS.login,
  PATHS.logout,
])

/**
 * The discovery document with the members that Cognito's has (OpenID Connect Discovery 1.0 §3). All of
 * it is at one origin, where Cognito has a second one for the pool's domain.
 */
export function describeDiscovery(issuer: string): object {
  return {
    authorization_endpoint: `${issuer}${PATHS.authorize}`,
    end_session_endpoint: `${issuer}${PATHS.logout}`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}${PATHS.jwks}`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${issuer}${PATHS.revoke}`,
    scopes_supported: OPENID_SCOPES,
    subject_types_supported: ['public'],
    token_endpoint: `${issuer}${PATHS.token}`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${issuer}${PATHS.userInfo}`,
  }
}

/**
 * What Cognito's document lacks and MCP clients look for (RFC 8414 §2, RFC 7591, RFC 7636, RFC 9207).
 * Both well-known addresses answer with it, so that every client finds the same.
 */
export function describeAuthorizationServer(issuer: string, scopes: Iterable<string>): object {
  return {
    ...describeDiscovery(issuer),
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    registration_endpoint: `${issuer}${PATHS.register}`,
    response_modes_supported: ['query'],
    response_types_supported: ['code'],
    revocation_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'none',
    ],
    scopes_supported: [...OPENID_SCOPES, ...scopes],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  }
}
