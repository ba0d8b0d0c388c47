// What an app client may be (developer guide, application-specific settings with app clients;
// cognito-idp 2016-04-18, CreateUserPoolClient).
import { HostError } from '../kernel/host-error.ts'
import { cognitoFault } from './cognito-fault.ts'
import {
  MAX_VALIDITY_S,
  OPENID_SCOPES,
  USER_ADMIN_SCOPE,
  type PoolClientSettings,
} from './pool-client.ts'
import { isCallbackUrl } from './redirect-uri.ts'

const NAME = /^[\w\s+=,.@-]{1,128}$/
const MAX_SCOPES = 50
const MAX_URLS = 100
const MIN_VALIDITY_S = 300
const MIN_REFRESH_S = 3_600
const MAX_REFRESH_S = 315_360_000
const SCOPES_OF_PEOPLE: ReadonlySet<string> = new Set([...OPENID_SCOPES, USER_ADMIN_SCOPE])

/** Refuses settings that contradict themselves or name scopes that no resource server has. */
export function checkPoolClient(
  client: PoolClientSettings,
  has: { readonly secret: boolean; readonly scope: (scope: string) => boolean },
): void {
  if (!NAME.test(client.clientName)) {
    throw invalid('clientName: 1 to 128 letters, digits, spaces and _ + = , . @ -')
  }
  checkFlows(client, has.secret)
  checkScopes(client, has.scope)
  checkUrls(client)
  checkValidity(client)
}

function checkFlows(client: PoolClientSettings, hasSecret: boolean): void {
  const { allowedOAuthFlows: flows, allowsOAuth, scopes, callbackUrls } = client
  if (allowsOAuth && (flows.length === 0 || scopes.length === 0)) {
    throw invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    )
  }
  if (flows.includes('client_credentials')) {
    if (flows.length > 1) {
      throw invalidFlow(
        'client_credentials flow can not be selected along with code flow or implicit flow.',
      )
    }
    if (!hasSecret) {
      throw invalidFlow(
        'client_credentials flow can not be selected if client does not have a client secret.',
      )
    }
    if (scopes.length === 0) throw invalid('scopes: client_credentials needs one')
  } else if (flows.length > 0 && callbackUrls.length === 0) {
    throw invalidFlow('CallbackURLs are required for the code and implicit flows.')
  }
}

function checkScopes(client: PoolClientSettings, hasScope: (scope: string) => boolean): void {
  const { scopes, allowedOAuthFlows } = client
  if (scopes.length > MAX_SCOPES) throw invalid(`scopes: at most ${MAX_SCOPES}`)
  const isMachine = allowedOAuthFlows.includes('client_credentials')
  const unknown = scopes.find((scope) =>
    SCOPES_OF_PEOPLE.has(scope) ? isMachine : !hasScope(scope),
  )
  if (unknown === undefined) return
  throw cognitoFault('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`)
}

function checkUrls({ callbackUrls, logoutUrls, defaultRedirectUri }: PoolClientSettings): void {
  if (callbackUrls.length > MAX_URLS || logoutUrls.length > MAX_URLS) {
    throw invalid(`CallbackURLs and LogoutURLs: at most ${MAX_URLS} each`)
  }
  if (![...callbackUrls, ...logoutUrls].every(isCallbackUrl)) {
    throw invalid(
      'CallbackURLs and LogoutURLs: absolute URLs without a fragment; http is for loopback only',
    )
  }
  if (defaultRedirectUri !== undefined && !callbackUrls.includes(defaultRedirectUri)) {
    throw invalid('DefaultRedirectURI must be one of the CallbackURLs')
  }
}

function checkValidity(client: PoolClientSettings): void {
  checkRange('accessTokenValiditySeconds', client, MIN_VALIDITY_S, MAX_VALIDITY_S)
  checkRange('idTokenValiditySeconds', client, MIN_VALIDITY_S, MAX_VALIDITY_S)
  checkRange('refreshTokenValiditySeconds', client, MIN_REFRESH_S, MAX_REFRESH_S)
}

function checkRange(
  name: 'accessTokenValiditySeconds' | 'idTokenValiditySeconds' | 'refreshTokenValiditySeconds',
  client: PoolClientSettings,
  min: number,
  max: number,
): void {
  const seconds = client[name]
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return
  throw invalid(`${name}: ${min} to ${max}`)
}

function invalid(rule: string): HostError {
  return new HostError('ERR_INVALID_INPUT', rule)
}

function invalidFlow(message: string) {
  return cognitoFault('InvalidOAuthFlowException', message)
}
