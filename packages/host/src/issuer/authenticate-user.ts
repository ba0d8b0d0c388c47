// The authentication operations (cognito-idp 2016-04-18, InitiateAuth, AdminInitiateAuth): a password or
// a refresh token in, tokens out, without a browser.
//
// What is missing, and refused rather than ignored: SRP, custom challenges, choice of factors, and every
// second factor.
import { HostError } from '../kernel/host-error.ts'
import { USER_ADMIN_SCOPE } from './pool-client.ts'
import { cognitoFault } from './cognito-fault.ts'
import type { PasswordChallenges } from './password-challenges.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolClients } from './pool-clients.ts'
import type { PoolUser, PoolUsers } from './pool-users.ts'
import { formatSecretHash, isSameSecret } from './secret-hash.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'
import { signIn } from './sign-in.ts'
import type { UserTokens, UserTokenSet } from './user-tokens.ts'

export interface AuthenticationRequest {
  readonly clientId: string
  readonly authFlow: string
  readonly parameters: Readonly<Record<string, string>>
  /** Signed by somebody who may administer the pool. */
  readonly isAdmin: boolean
}

export interface NewPasswordAnswer {
  readonly clientId: string
  readonly session: string
  readonly responses: Readonly<Record<string, string>>
}

/** Tokens, or the question that has to be answered first. */
export type Authentication =
  | { readonly kind: 'tokens'; readonly tokens: UserTokenSet }
  | { readonly kind: 'new-password-required'; readonly user: PoolUser; readonly session: string }

interface AuthenticationOptions {
  readonly clients: PoolClients
  readonly users: PoolUsers
  readonly userTokens: UserTokens
  readonly throttle: SignInThrottle
  readonly passwordChallenges: PasswordChallenges
  readonly now: () => number
}

type Flow = (
  request: AuthenticationRequest,
  client: PoolClient,
  options: AuthenticationOptions,
) => Promise<Authentication>

const PASSWORD_FLOW = { allowedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'] }
const ADMIN_FLOW = { allowedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'] }
const REFRESH_FLOW = { allowedBy: ['ALLOW_REFRESH_TOKEN_AUTH'] }

const FLOWS: ReadonlyMap<
  string,
  { readonly allowedBy: readonly string[]; readonly needsAdmin?: true; readonly run: Flow }
> = new Map([
  ['USER_PASSWORD_AUTH', { ...PASSWORD_FLOW, run: checkUserPassword }],
  ['ADMIN_USER_PASSWORD_AUTH', { ...ADMIN_FLOW, needsAdmin: true, run: checkUserPassword }],
  ['ADMIN_NO_SRP_AUTH', { ...ADMIN_FLOW, needsAdmin: true, run: checkUserPassword }],
  ['REFRESH_TOKEN_AUTH', { ...REFRESH_FLOW, run: refresh }],
  ['REFRESH_TOKEN', { ...REFRESH_FLOW, run: refresh }],
] as const)

/** What a client may do that names no flows (developer guide, ExplicitAuthFlows). */
const DEFAULT_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH']

/** One authentication, from top to bottom. Any line may refuse. */
export async function authenticateUser(
  request: AuthenticationRequest,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const client = options.clients.get(request.clientId)
  const flow = FLOWS.get(request.authFlow)
  if (flow === undefined) {
    throw new HostError('ERR_NOT_SUPPORTED', `${request.authFlow} is not served here`)
  }
  if (flow.needsAdmin && !request.isAdmin) throw invalid('Initiate Auth method not supported.')
  const allowed = client.explicitAuthFlows ?? DEFAULT_FLOWS
  if (!flow.allowedBy.some((name) => allowed.includes(name))) {
    throw invalid(
      request.isAdmin
        ? 'Auth flow not enabled for this client'
        : `${request.authFlow} flow not enabled for this client`,
    )
  }
  return flow.run(request, client, options)
}

async function checkUserPassword(
  { parameters }: AuthenticationRequest,
  client: PoolClient,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const username = readParameter(parameters, 'USERNAME')
  const password = readParameter(parameters, 'PASSWORD')
  checkSecretHash(parameters['SECRET_HASH'], [username], client, options)
  const user = await signIn(username, password, {
    ...options,
    hidesUnknownUsers: client.hidesUnknownUsers,
  })
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    const session = options.passwordChallenges.add(user, client.clientId)
    return { kind: 'new-password-required', user, session }
  }
  return startTokens(user, client, options)
}

async function startTokens(
  user: PoolUser,
  client: PoolClient,
  { userTokens, now }: AuthenticationOptions,
): Promise<Authentication> {
  const authTimeSeconds = Math.floor(now() / 1_000)
  const scopes = [USER_ADMIN_SCOPE]
  const tokens = await userTokens.start({ client, user, scopes, authTimeSeconds })
  return { kind: 'tokens', tokens }
}

async function refresh(
  { parameters }: AuthenticationRequest,
  client: PoolClient,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const token = readParameter(parameters, 'REFRESH_TOKEN')
  const owner = await options.userTokens.findOwner(token, client)
  const names = owner === undefined ? [] : [owner.username, owner.sub]
  checkSecretHash(parameters['SECRET_HASH'], names, client, options)
  const tokens = await options.userTokens.refresh(token, client)
  if (tokens === undefined) throw cognitoFault('NotAuthorizedException', 'Invalid Refresh Token')
  return { kind: 'tokens', tokens }
}

/** The answer to `NEW_PASSWORD_REQUIRED` (RespondToAuthChallenge, AdminRespondToAuthChallenge). */
export async function answerNewPassword(
  { clientId, session, responses }: NewPasswordAnswer,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const client = options.clients.get(clientId)
  const username = readParameter(responses, 'USERNAME')
  const password = readParameter(responses, 'NEW_PASSWORD')
  checkSecretHash(responses['SECRET_HASH'], [username], client, options)
  const challenged = options.passwordChallenges.find(session, clientId)
  if (challenged === undefined || options.users.find(username)?.sub !== challenged.sub) {
    const message = 'Invalid session for the user, session is expired.'
    throw cognitoFault('NotAuthorizedException', message)
  }
  const user = await options.users.setPassword(challenged.sub, password, { isPermanent: true })
  options.passwordChallenges.delete(session)
  return startTokens(user, client, options)
}

/** A client with a secret proves that it knows it. */
function checkSecretHash(
  given: string | undefined,
  usernames: readonly string[],
  client: PoolClient,
  { clients }: AuthenticationOptions,
): void {
  const { clientId } = client
  const secrets = clients.openSecrets(client)
  if (secrets.length === 0 && given === undefined) return
  if (given === undefined) {
    const message = `Client ${clientId} is configured with secret but SECRET_HASH was not received`
    throw cognitoFault('NotAuthorizedException', message)
  }
  const isRight = secrets.some(({ value }) =>
    usernames.some((name) => isSameSecret(given, formatSecretHash(name, clientId, value))),
  )
  if (isRight) return
  const message = `Unable to verify secret hash for client ${clientId}`
  throw cognitoFault('NotAuthorizedException', message)
}

function readParameter(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name]
  if (value !== undefined && value !== '') return value
  throw invalid(`Missing required parameter ${name}`)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
