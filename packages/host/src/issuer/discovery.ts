export const DISCOVERY_PATH = '/.well-known/openid-configuration'
export const JWKS_PATH = '/.well-known/jwks.json'
export const TOKEN_PATH = '/oauth2/token'

/**
 * The discovery document with the members that Cognito's has (OpenID Connect Discovery 1.0 §3). All of
 * it is at one origin, where Cognito has a second one for the pool's domain.
 */
export function describeDiscovery(issuer: string): object {
  return {
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    end_session_endpoint: `${issuer}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}${JWKS_PATH}`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${issuer}${TOKEN_PATH}`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${issuer}/oauth2/userInfo`,
  }
}
