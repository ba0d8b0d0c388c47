// The beginning of a sign-in (developer guide, authorize endpoint): back to the application at once
// when the browser has signed in lately, and to the sign-in page otherwise.
import type { Answer } from '../http/exchange.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { SignInContext } from './sign-in-context.ts'
import {
  answerAuthorizeRefusal,
  findFreshSession,
  redirect,
  redirectWithCode,
} from './sign-in-answers.ts'
import { readAuthorizeRequest } from './authorize-request.ts'
import { AuthorizeRefusal } from './authorize-refusal.ts'

export async function serveAuthorize(
  inbound: IssuerRequest,
  context: SignInContext,
): Promise<Answer> {
  try {
    const asked = readAuthorizeRequest(inbound.query, context)
    const signedIn = findFreshSession(inbound, asked, context)
    const needsConsent = asked.client.origin === 'registration'
    if (signedIn !== undefined && !needsConsent) return redirectWithCode(asked, signedIn, context)
    if (asked.prompt === 'none') {
      const code = signedIn === undefined ? 'login_required' : 'consent_required'
      throw new AuthorizeRefusal(code, 'A person has to be asked', asked)
    }
    // Relative, because the pool is reached by several host names; encoded anew, because a header
    // takes less than a query does.
    return redirect(`../login?${new URLSearchParams(inbound.query).toString()}`)
  } catch (error) {
    return answerAuthorizeRefusal(error, context)
  }
}
