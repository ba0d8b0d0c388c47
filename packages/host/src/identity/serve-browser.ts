// The two addresses that a user's browser visits (developer guide, session binding): the one that sends
// it to the authorization server, and the one that the server sends it back to. Neither proves who the
// user is; that is for CompleteResourceTokenAuth, so here no token is fetched.
import type { Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import {
  formatSessionUri,
  parseSessionUri,
  type AuthorizationSession,
} from './authorization-session.ts'
import type { AuthorizationSessions } from './authorization-sessions.ts'
import { formatAuthorizationUrl } from './authorization-url.ts'
import type { AuthorizationServer, AuthorizationServers } from './authorization-servers.ts'
import { AUTHORIZE_PATH, CALLBACK_PREFIX } from './browser-paths.ts'
import type { Oauth2CredentialProvider } from './credential-provider.ts'
import type { Oauth2Providers } from './oauth2-providers.ts'
import { quoteStranger } from './quote-stranger.ts'

/** A browser's request; path and query are raw. */
export interface BrowserRequest {
  readonly method: string
  readonly path: string
  readonly query: string
}

export interface BrowserContext {
  readonly sessions: AuthorizationSessions
  readonly providers: Oauth2Providers
  readonly servers: AuthorizationServers
  readonly log: Log
}

export async function serveBrowser(
  { method, path, query }: BrowserRequest,
  context: BrowserContext,
): Promise<Answer> {
  if (method !== 'GET') return page(405, 'This address is for a browser: GET.', { allow: 'GET' })
  const parameters = new URLSearchParams(query)
  try {
    if (path === AUTHORIZE_PATH) return await serveAuthorize(parameters, context)
    return await serveCallback(path.slice(CALLBACK_PREFIX.length), parameters, context)
  } catch (error) {
    if (!(error instanceof HostError) || error.code !== 'ERR_TARGET_FAILED') throw error
    context.log.warn('An authorization cannot go on', { error: error.message })
    return page(502, 'The authorization server cannot be reached. Try again in a moment.')
  }
}

async function serveAuthorize(
  parameters: URLSearchParams,
  { sessions, providers, servers }: BrowserContext,
): Promise<Answer> {
  const session = sessions.find(parseSessionUri(parameters.get('request_uri') ?? '') ?? '')
  const provider = session && findProvider(session, providers)
  if (!session || !provider || session.state.phase !== 'open' || sessions.isExpired(session)) {
    return staleLink()
  }
  const { oauthDiscovery, clientId } = provider.client
  const { authorizationEndpoint } = await servers.get(oauthDiscovery)
  if (authorizationEndpoint === undefined) {
    return page(502, 'The authorization server has no place where users sign in.')
  }
  const secrets = sessions.openSecrets(session)
  return redirect(formatAuthorizationUrl(authorizationEndpoint, clientId, secrets))
}

async function serveCallback(
  callbackId: string,
  parameters: URLSearchParams,
  { sessions, providers, servers, log }: BrowserContext,
): Promise<Answer> {
  const state = parameters.get('state') ?? ''
  const session = sessions.find(state.split('.')[0] ?? '')
  const provider = session && findProvider(session, providers)
  if (!session || provider?.callbackId !== callbackId) return staleLink()
  if (session.state.phase !== 'open' || sessions.isExpired(session)) return staleLink()
  const server = await servers.get(provider.client.oauthDiscovery)
  const secrets = sessions.openSecrets(session)
  const ended = await readAnswer(parameters, server, provider.client.clientId, secrets.state)
  if (ended === undefined) return page(400, 'This answer is not from the authorization server.')
  if ('error' in ended) {
    log.warn('An authorization was refused', { provider: provider.name, error: ended.error })
    await sessions.move(session, { phase: 'failed' })
  } else {
    const sealedCode = sessions.sealCode(session, ended.code)
    await sessions.move(session, { phase: 'returned', sealedCode })
  }
  const url = new URL(secrets.returnUrl)
  url.searchParams.append('session_id', formatSessionUri(session.id))
  if (secrets.customState !== undefined) url.searchParams.append('state', secrets.customState)
  // What the service does then is unknown. Without a word the application would wait for nothing.
  if ('error' in ended) url.searchParams.append('error', ended.error)
  return redirect(url.href)
}

/** RFC 6749 §4.1.2 and RFC 9207; undefined when the answer belongs to another question. */
async function readAnswer(
  parameters: URLSearchParams,
  { issuer, issuerInAnswers }: AuthorizationServer,
  clientId: string,
  state: string,
): Promise<{ readonly code: string } | { readonly error: string } | undefined> {
  const oauth = await import('oauth4webapi')
  if (issuerInAnswers === 'ignored') parameters.delete('iss')
  const isRequired = issuerInAnswers === 'required'
  const server = { issuer, authorization_response_iss_parameter_supported: isRequired }
  try {
    const client = { client_id: clientId }
    const answer = oauth.validateAuthResponse(server, client, parameters, state)
    const [code, ...more] = answer.getAll('code')
    return code === undefined || more.length > 0 ? undefined : { code }
  } catch (error) {
    if (!(error instanceof oauth.AuthorizationResponseError)) return undefined
    return { error: quoteStranger(error.error, []).slice(0, 100) }
  }
}

/** A provider that was deleted and made again under its name is another one: the callback differs. */
function findProvider(
  { scope, providerName }: AuthorizationSession,
  providers: Oauth2Providers,
): Oauth2CredentialProvider | undefined {
  return providers.find(scope, providerName)
}

function staleLink(): Answer {
  return page(400, 'This link is not valid any more. Start again from your application.')
}

/** The address carries a session; it must not be kept or passed on. */
const PRIVATE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }

function redirect(location: string): Answer {
  return { status: 302, headers: { ...PRIVATE, location } }
}

function page(status: number, text: string, headers?: Readonly<Record<string, string>>): Answer {
  const type = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
  return { status, headers: { ...PRIVATE, ...type, ...headers }, body: `${text}\n` }
}
