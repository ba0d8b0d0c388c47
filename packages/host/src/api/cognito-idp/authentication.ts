import type { Authentication } from '../../issuer/authenticate-user.ts'
import type { PoolUser } from '../../issuer/pool-users.ts'
import { cognitoFault } from '../../issuer/cognito-fault.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import { openPeople, type CognitoContext } from './context.ts'
import type { CognitoIdpOperations, InitiateAuthResponse } from './shapes.ts'

type AuthenticationOperations = Pick<
  CognitoIdpOperations,
  | 'InitiateAuth'
  | 'AdminInitiateAuth'
  | 'RespondToAuthChallenge'
  | 'AdminRespondToAuthChallenge'
  | 'GetClientToken'
>

interface ChallengeAnswer {
  readonly ClientId: string
  readonly ChallengeName: string
  readonly Session?: string | undefined
  readonly ChallengeResponses?: Readonly<Record<string, string>> | undefined
}

export function authenticationOperations(
  context: CognitoContext,
): Handlers<AuthenticationOperations> {
  const { userPools } = context
  return {
    // Nobody signs this one: what proves the caller is in its parameters.
    async InitiateAuth({ ClientId, AuthFlow, AuthParameters = {} }) {
      const people = await (await userPools.openForClient(ClientId)).people()
      const request = { clientId: ClientId, authFlow: AuthFlow, parameters: AuthParameters }
      return describe(await people.authenticate({ ...request, isAdmin: false }))
    },
    async AdminInitiateAuth({ UserPoolId, ClientId, AuthFlow, AuthParameters = {} }, call) {
      const people = await openPeople(context, call, UserPoolId)
      const request = { clientId: ClientId, authFlow: AuthFlow, parameters: AuthParameters }
      return describe(await people.authenticate({ ...request, isAdmin: true }))
    },
    async RespondToAuthChallenge(input) {
      const people = await (await userPools.openForClient(input.ClientId)).people()
      return describe(await people.answerNewPassword(readAnswer(input)))
    },
    async AdminRespondToAuthChallenge(input, call) {
      const people = await openPeople(context, call, input.UserPoolId)
      return describe(await people.answerNewPassword(readAnswer(input)))
    },
    async GetClientToken({ ClientId, Secret, Scopes }) {
      const pool = await userPools.openForClient(ClientId)
      const client = pool.clients.authenticate(ClientId, Secret)
      if (typeof client === 'string') {
        throw cognitoFault('NotAuthorizedException', 'Client authentication failed.')
      }
      if (!client.explicitAuthFlows?.includes('ALLOW_CLIENT_TOKEN_AUTH')) {
        throw invalid('ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client')
      }
      const scopes = Scopes ?? client.scopes
      const isAllowed = (scope: string) =>
        client.scopes.includes(scope) && pool.resourceServers.hasScope(scope)
      const unknown = scopes.find((scope) => !isAllowed(scope))
      if (unknown !== undefined) throw invalid(`Invalid scope requested: ${unknown}`)
      const token = await pool.issueClientToken(client, scopes)
      return {
        ClientAuthenticationResult: {
          AccessToken: token.accessToken,
          ExpiresIn: token.expiresInSeconds,
          TokenType: 'Bearer',
        },
      }
    },
  }
}

function readAnswer({
  ClientId,
  ChallengeName,
  Session,
  ChallengeResponses = {},
}: ChallengeAnswer) {
  if (ChallengeName !== 'NEW_PASSWORD_REQUIRED') {
    throw new HostError('ERR_NOT_SUPPORTED', `The challenge ${ChallengeName} is not served here`)
  }
  if (Session === undefined) throw invalid('Missing required parameter Session')
  return { clientId: ClientId, session: Session, responses: ChallengeResponses }
}

function describe(authentication: Authentication): InitiateAuthResponse {
  if (authentication.kind === 'new-password-required') {
    const { user, session } = authentication
    return {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: describeChallenge(user),
      Session: session,
    }
  }
  const { accessToken, idToken, refreshToken, expiresInSeconds } = authentication.tokens
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      AccessToken: accessToken,
      ExpiresIn: expiresInSeconds,
      TokenType: 'Bearer',
      IdToken: idToken,
      RefreshToken: refreshToken,
    },
  }
}

function describeChallenge({ username, attributes }: PoolUser): Record<string, string> {
  return {
    USER_ID_FOR_SRP: username,
    requiredAttributes: '[]',
    userAttributes: JSON.stringify(attributes),
  }
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
