// The ways in which a sign-in ends: back at the application with a code, back there with an error, or
// on a page, when there is no application that could be told.
import type { Answer } from '../http/exchange.ts'
import { AuthorizeRefusal } from './authorize-refusal.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import type { BrowserSession } from './browser-sessions.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { errorPage } from './pages.ts'
import { addParameters } from './redirect-uri.ts'
import type { SignInContext } from './sign-in-context.ts'

/** The sign-in of this browser, unless the request asks for a newer one or the person is gone. */
export function findFreshSession(
  inbound: IssuerRequest,
  { prompt, maxAgeSeconds = Infinity }: AuthorizeRequest,
  { sessions, users, now }: SignInContext,
): BrowserSession | undefined {
  const session = sessions.find(inbound)
  if (session === undefined || prompt === 'login') return undefined
  const isFresh = now() / 1_000 - session.authTimeSeconds <= maxAgeSeconds
  return isFresh && users.find(session.sub)?.isEnabled ? session : undefined
}

export async function redirectWithCode(
  asked: AuthorizeRequest,
  { sub, authTimeSeconds }: BrowserSession,
  context: SignInContext,
  cookies: readonly string[] = [],
): Promise<Answer> {
  const { redirectUri, scopes, nonce, codeChallenge, resource, state } = asked
  const { clientId } = asked.client
  await context.clients.markUsed(clientId)
  const code = context.codes.issue({
    clientId,
    sub,
    authTimeSeconds,
    redirectUri,
    scopes,
    nonce,
    codeChallenge,
    resource,
  })
  const target = addParameters(redirectUri, { code, state, iss: issuerParameter(context) })
  return redirect(target, cookies)
}

/** Rethrows what is no refusal. */
export function answerAuthorizeRefusal(error: unknown, context: SignInContext): Answer {
  if (!(error instanceof AuthorizeRefusal)) throw error
  const { code, message, redirectUri, state } = error
  if (redirectUri === undefined) return errorPage(400, message)
  const iss = issuerParameter(context)
  const parameters = { error: code, error_description: message, state, iss }
  return redirect(addParameters(redirectUri, parameters))
}

export function redirect(location: string, cookies: readonly string[] = []): Answer {
  const headers = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
  return {
    status: 302,
    headers: cookies.length === 0 ? headers : { ...headers, 'set-cookie': [...cookies] },
  }
}

/** RFC 9207: who answers, so that a client of several issuers cannot mix them up. */
function issuerParameter({ strictCognito, issuerUrl }: SignInContext): string | undefined {
  return strictCognito ? undefined : issuerUrl()
}
