// The pages between application and code: sign-in, a new password, consent. Each form posts to the
// address it is shown at, with the application's request in the query; it is read and checked anew every
// time, so that nothing is kept for people who never come back.
import { singleHeader, type Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import { AwsFault } from '../aws/aws-fault.ts'
import { AuthorizeRefusal } from './authorize-refusal.ts'
import { readAuthorizeRequest, type AuthorizeRequest } from './authorize-request.ts'
import type { BrowserSession } from './browser-sessions.ts'
import { isForm, readForm, RepeatedParameter } from './form.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { consentPage, newPasswordPage, signInPage } from './pages.ts'
import type { PoolUser } from './pool-users.ts'
import { answerAuthorizeRefusal, findFreshSession, redirectWithCode } from './sign-in-answers.ts'
import type { SignInContext } from './sign-in-context.ts'
import { signIn } from './sign-in.ts'

/** The application's request, and the form that came back with it. */
interface Submission {
  readonly inbound: IssuerRequest
  readonly asked: AuthorizeRequest
  readonly form: ReadonlyMap<string, string>
  readonly context: SignInContext
}

const DEVELOPER = 'developer'
const STALE = 'The page was open for too long, or cookies are off. Please try again.'

/** `GET /login`: the page that the person needs next. */
export async function serveLoginPage(
  inbound: IssuerRequest,
  context: SignInContext,
): Promise<Answer> {
  try {
    const asked = readAuthorizeRequest(inbound.query, context)
    const session = findFreshSession(inbound, asked, context)
    return session === undefined
      ? showSignIn({ inbound, asked, context })
      : await continueWith({ inbound, asked, context }, session)
  } catch (error) {
    return answerAuthorizeRefusal(error, context)
  }
}

/** `POST /login`: what the person decided there. */
export async function serveLoginForm(
  inbound: IssuerRequest,
  context: SignInContext,
): Promise<Answer> {
  try {
    const asked = readAuthorizeRequest(inbound.query, context)
    const form = readSubmittedForm(inbound)
    const submission = { inbound, asked, form, context }
    if (!context.csrf.isGood(inbound, form.get('_csrf'))) {
      return showSignIn(submission, { status: 403, error: STALE })
    }
    switch (form.get('action')) {
      case 'sign-in':
        return await submitSignIn(submission)
      case 'new-password':
        return await submitNewPassword(submission)
      case 'developer':
        return await submitDeveloper(submission)
      case 'allow':
        return await submitConsent(submission)
      case 'deny':
        throw new AuthorizeRefusal('access_denied', 'The person did not allow it', asked)
      case undefined:
      default:
        return showSignIn(submission, { status: 400, error: STALE })
    }
  } catch (error) {
    return answerAuthorizeRefusal(error, context)
  }
}

async function submitSignIn(submission: Submission): Promise<Answer> {
  const { asked, form, context } = submission
  const username = form.get('username') ?? ''
  try {
    const options = { ...context, hidesUnknownUsers: true }
    const user = await signIn(username, form.get('password') ?? '', options)
    if (user.status === 'CONFIRMED') return await welcome(submission, user)
    return showNewPassword(submission, context.passwordChallenges.add(user, asked.client.clientId))
  } catch (error) {
    return showSignIn(submission, { status: 401, error: refusalText(error), username })
  }
}

async function submitNewPassword(submission: Submission): Promise<Answer> {
  const { asked, form, context } = submission
  const challenge = form.get('challenge') ?? ''
  const challenged = context.passwordChallenges.find(challenge, asked.client.clientId)
  if (challenged === undefined) return showSignIn(submission, { status: 401, error: STALE })
  try {
    const password = form.get('password') ?? ''
    const user = await context.users.setPassword(challenged.sub, password, { isPermanent: true })
    context.passwordChallenges.delete(challenge)
    return await welcome(submission, user)
  } catch (error) {
    return showNewPassword(submission, challenge, { status: 400, error: refusalText(error) })
  }
}

async function submitDeveloper(submission: Submission): Promise<Answer> {
  const { inbound, context } = submission
  if (!offersDeveloper(inbound, context)) {
    return showSignIn(submission, { status: 403, error: 'This is not offered here.' })
  }
  return welcome(submission, await context.users.ensure(DEVELOPER))
}

async function submitConsent(submission: Submission): Promise<Answer> {
  const { inbound, asked, context } = submission
  const session = context.sessions.find(inbound)
  if (session === undefined || !context.users.find(session.sub)?.isEnabled) {
    return showSignIn(submission, { status: 401, error: STALE })
  }
  return redirectWithCode(asked, session, context)
}

/** A person has just proved who they are. */
function welcome(submission: Submission, { sub }: PoolUser): Promise<Answer> {
  const { sessions, now } = submission.context
  const session = { sub, authTimeSeconds: Math.floor(now() / 1_000) }
  return continueWith(submission, session, [sessions.start(session)])
}

/** On to the application, or first to the question whether it may. */
async function continueWith(
  { inbound, asked, context }: Omit<Submission, 'form'>,
  session: BrowserSession,
  cookies: readonly string[] = [],
): Promise<Answer> {
  if (asked.client.origin !== 'registration') {
    return redirectWithCode(asked, session, context, cookies)
  }
  const { token, cookie } = context.csrf.issue(inbound)
  const descriptions = context.resourceServers.scopes()
  const page = consentPage({
    ...describeApplication(asked),
    csrfToken: token,
    username: context.users.find(session.sub)?.username ?? '',
    scopes: asked.scopes.map((name) => ({ name, description: descriptions.get(name) })),
  })
  return withCookies(page, [...cookies, cookie])
}

interface Problem {
  readonly status: number
  readonly error: string
  readonly username?: string
}

function showSignIn(
  { inbound, asked, context }: Omit<Submission, 'form'>,
  problem?: Problem,
): Answer {
  const { token, cookie } = context.csrf.issue(inbound)
  const page = signInPage({
    ...describeApplication(asked),
    csrfToken: token,
    offersDeveloper: offersDeveloper(inbound, context),
    ...problem,
  })
  return withCookies(page, [cookie])
}

function showNewPassword(
  { inbound, asked, context }: Submission,
  challenge: string,
  problem?: Problem,
): Answer {
  const { token, cookie } = context.csrf.issue(inbound)
  const application = describeApplication(asked)
  const page = newPasswordPage({ ...application, csrfToken: token, challenge, ...problem })
  return withCookies(page, [cookie])
}

function describeApplication({ client, redirectUri }: AuthorizeRequest) {
  return { applicationName: client.clientName, redirectUri }
}

function withCookies(answer: Answer, cookies: readonly (string | undefined)[]): Answer {
  const set = cookies.filter((cookie) => cookie !== undefined)
  return set.length === 0
    ? answer
    : { ...answer, headers: { ...answer.headers, 'set-cookie': set } }
}

/** Only to a browser on this machine; what a proxy in front hides is not this machine. */
function offersDeveloper(
  { remoteAddress, headers }: IssuerRequest,
  context: SignInContext,
): boolean {
  const isLoopback = /^(?:::ffff:)?127\.|^::1$/.test(remoteAddress ?? '')
  const isForwarded = headers['forwarded'] ?? headers['x-forwarded-for']
  return context.offersDeveloper && isLoopback && isForwarded === undefined
}

function readSubmittedForm({ headers, body }: IssuerRequest): ReadonlyMap<string, string> {
  if (body === undefined || !isForm(singleHeader(headers['content-type']))) return new Map()
  try {
    return readForm(body)
  } catch (error) {
    if (error instanceof RepeatedParameter) return new Map()
    throw error
  }
}

/** Refusals are written for people; anything else is not for them. */
function refusalText(error: unknown): string {
  if (error instanceof AwsFault || error instanceof HostError) return error.message
  throw error
}
