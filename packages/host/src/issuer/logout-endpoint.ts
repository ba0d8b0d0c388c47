// The end of a sign-in in the browser (developer guide, logout endpoint). Tokens that applications
// already have live on; the revocation endpoint is for those.
import type { Answer } from '../http/exchange.ts'
import { readForm, RepeatedParameter } from './form.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { errorPage } from './pages.ts'
import { redirect } from './sign-in-answers.ts'
import type { SignInContext } from './sign-in-context.ts'

export function serveLogout(inbound: IssuerRequest, context: SignInContext): Answer {
  const target = findTarget(inbound.query, context)
  const cookie = context.sessions.end(inbound)
  if (target !== undefined) return redirect(target, [cookie])
  const page = errorPage(
    400,
    'The address to return to is not one that the application registered.',
  )
  return { ...page, headers: { ...page.headers, 'set-cookie': cookie } }
}

/** A registered `logout_uri`, or the sign-in page when the request is one for signing in again. */
function findTarget(query: string, { findClient }: SignInContext): string | undefined {
  const form = readQuery(query)
  const client = findClient(form?.get('client_id') ?? '')
  if (form === undefined || client === undefined) return undefined
  const logoutUri = form.get('logout_uri')
  if (logoutUri !== undefined) return client.logoutUrls.find((url) => url === logoutUri)
  return form.has('redirect_uri') ? `login?${new URLSearchParams(query).toString()}` : undefined
}

function readQuery(query: string): ReadonlyMap<string, string> | undefined {
  try {
    return readForm(query)
  } catch (error) {
    if (error instanceof RepeatedParameter) return undefined
    throw error
  }
}
