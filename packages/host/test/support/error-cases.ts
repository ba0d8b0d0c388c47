// Refusals that do not follow from the model alone: which operation, which error, and what brings it
// about in the world of `error-world.ts`. What the input leaves out is as the model requires it.
import type { ServiceModelName } from '../../src/aws/service-model.ts'
import { GATEWAY, LIMITS, PASSWORD, runtimeInput, TARGET, type ErrorWorld } from './error-world.ts'
import { CLOUDFORMATION, ECR, SSM } from './stack-error-cases.ts'
import { zipFiles } from './zip.ts'

export interface ErrorCase {
  readonly id: string
  readonly error: string
  readonly when: string
  readonly input: (world: ErrorWorld) => object
  readonly from?: 'another account'
}

export const OTHER_ACCOUNT = { accountId: '111122223333' }

type Row = readonly [
  operation: string,
  error: string,
  when: string,
  input: (world: ErrorWorld) => object,
  from?: 'another account',
]

const CONFLICT = 'ConflictException'
const DENIED = 'AccessDeniedException'
const UNAUTHORIZED = 'UnauthorizedException'
const INVALID_VALUE = 'InvalidParameterValueException'
const NOT_AUTHORIZED = 'NotAuthorizedException'
const RETRY = 'RetryableConflictException'
const NO_USER = 'UserNotFoundException'
const FOREIGN = 'another account'

const gateway = ({ gatewayIdentifier }: ErrorWorld) => ({ gatewayIdentifier, ...GATEWAY })
const gatewayArn = ({ gatewayArn: resourceArn }: ErrorWorld) => ({ resourceArn })
const busy = ({ busyId: agentRuntimeId }: ErrorWorld) => ({ agentRuntimeId, ...runtimeInput() })
const busyArn = ({ busyArn: agentRuntimeArn }: ErrorWorld) => ({ agentRuntimeArn })
const runtimeArn = ({ agentRuntimeArn }: ErrorWorld) => ({ agentRuntimeArn })
const foreignArn = ({ agentRuntimeArn }: ErrorWorld) => ({
  agentRuntimeArn: agentRuntimeArn.replace('000000000000', '111122223333'),
})
const defaultEndpoint = ({ agentRuntimeId }: ErrorWorld) => ({
  agentRuntimeId,
  name: 'DEFAULT',
  endpointName: 'DEFAULT',
})
const limit = ({ gatewayIdentifier }: ErrorWorld) => ({
  gatewayIdentifier,
  dimensionKeys: ['toolName'],
  entries: LIMITS,
  rateLimitId: 'limit',
})
const foreign = ({ foreignToken }: ErrorWorld) => ({
  workloadIdentityToken: foreignToken,
  resourceCredentialProviderName: 'key',
  scopes: [],
})
const notToken = () => ({ userIdentifier: { userToken: 'not.a.token' } })
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [] })

const CONTROL: readonly Row[] = [
  ['CreateGateway', CONFLICT, 'the name is taken', () => ({ ...GATEWAY, name: 'shop' })],
  [
    'UpdateGateway',
    CONFLICT,
    'the name is taken',
    (world) => ({ ...gateway(world), name: 'second' }),
  ],
  ['DeleteGateway', CONFLICT, 'it has targets', gateway],
  [
    'CreateGatewayTarget',
    CONFLICT,
    'the name is taken',
    (world) => ({ ...gateway(world), ...TARGET, name: 'greeter' }),
  ],
  [
    'UpdateGatewayTarget',
    CONFLICT,
    'the name is taken',
    (world) => ({ ...gateway(world), ...TARGET, targetId: world.targetId, name: 'second' }),
  ],
  ['CreateGatewayRateLimit', CONFLICT, 'the id is taken', limit],
  [
    'BatchPutGatewayRateLimits',
    CONFLICT,
    'another has the keys',
    (world) => ({
      gatewayIdentifier: world.gatewayIdentifier,
      rateLimits: [{ ...limit(world), rateLimitId: 'other' }],
    }),
  ],
  [
    'CreateAgentRuntime',
    CONFLICT,
    'the name is taken',
    () => ({ ...runtimeInput(), agentRuntimeName: 'agent' }),
  ],
  ['UpdateAgentRuntime', CONFLICT, 'it is being made', busy],
  [
    'DeleteAgentRuntime',
    CONFLICT,
    'the version is live',
    ({ agentRuntimeId }) => ({ agentRuntimeId, agentRuntimeVersion: '1' }),
  ],
  ['CreateAgentRuntimeEndpoint', CONFLICT, 'the name is taken', defaultEndpoint],
  [
    'UpdateAgentRuntimeEndpoint',
    CONFLICT,
    'the runtime is being made',
    (world) => ({ ...busy(world), endpointName: 'DEFAULT' }),
  ],
  [
    'CreateAgentRuntimeEndpoint',
    'ServiceQuotaExceededException',
    'there are ten',
    ({ agentRuntimeId }) => ({ agentRuntimeId, name: 'more' }),
  ],
  ['DeleteAgentRuntimeEndpoint', CONFLICT, 'it is DEFAULT', defaultEndpoint],
  [
    'TagResource',
    'ServiceQuotaExceededException',
    'there are 50 already',
    (world) => ({ ...gatewayArn(world), tags: { more: 'a' } }),
  ],
  ['TagResource', DENIED, 'the gateway is of another account', gatewayArn, FOREIGN],
  [
    'UntagResource',
    DENIED,
    'the gateway is of another account',
    (world) => ({ ...gatewayArn(world), tagKeys: ['a'] }),
    FOREIGN,
  ],
  ['ListTagsForResource', DENIED, 'the gateway is of another account', gatewayArn, FOREIGN],
  [
    'PutResourcePolicy',
    DENIED,
    'the gateway is of another account',
    (world) => ({ ...gatewayArn(world), policy: POLICY }),
    FOREIGN,
  ],
  ['GetResourcePolicy', DENIED, 'the gateway is of another account', gatewayArn, FOREIGN],
  ['DeleteResourcePolicy', DENIED, 'the gateway is of another account', gatewayArn, FOREIGN],
  ['DeleteResourcePolicy', 'ResourceNotFoundException', 'there is no policy', gatewayArn],
  [
    'PutResourcePolicy',
    'ValidationException',
    'it is no policy',
    (world) => ({ ...gatewayArn(world), policy: '{}' }),
  ],
  [
    'CreateWorkloadIdentity',
    'ValidationException',
    'the name is taken',
    () => ({ name: 'workload' }),
  ],
  [
    'CreateApiKeyCredentialProvider',
    'ValidationException',
    'the name is taken',
    () => ({ name: 'key', apiKey: 'k' }),
  ],
  [
    'DeleteWorkloadIdentity',
    'ValidationException',
    'it belongs to a gateway',
    ({ gatewayIdentifier }) => ({ name: gatewayIdentifier }),
  ],
  [
    'SynchronizeGatewayTargets',
    'ValidationException',
    'the target is a function',
    (world) => ({ ...gateway(world), targetIdList: [world.targetId] }),
  ],
]

const DATA: readonly Row[] = [
  ['InvokeAgentRuntime', RETRY, 'the runtime is being made', busyArn],
  ['InvokeAgentRuntimeCommand', RETRY, 'the runtime is being made', busyArn],
  ['StopRuntimeSession', RETRY, 'the runtime is being made', busyArn],
  ['InvokeAgentRuntime', DENIED, 'the account is another', foreignArn],
  ['InvokeAgentRuntimeCommand', DENIED, 'the account is another', foreignArn],
  ['StopRuntimeSession', DENIED, 'the account is another', foreignArn],
  ['InvokeAgentRuntime', DENIED, 'no policy lets the caller in', runtimeArn, FOREIGN],
  ['InvokeAgentRuntimeCommand', DENIED, 'no policy lets the caller in', runtimeArn, FOREIGN],
  ['StopRuntimeSession', DENIED, 'no policy lets the caller in', runtimeArn, FOREIGN],
  [
    'InvokeAgentRuntime',
    'RuntimeClientError',
    'the agent fails',
    (world) => ({ ...runtimeArn(world), payload: Buffer.from('fail') }),
  ],
  ['GetResourceApiKey', UNAUTHORIZED, 'the token is none', () => ({ workloadIdentityToken: 'a' })],
  [
    'GetResourceOauth2Token',
    UNAUTHORIZED,
    'the token is none',
    () => ({ workloadIdentityToken: 'a' }),
  ],
  ['GetResourceApiKey', DENIED, 'the token is of another Region', foreign],
  ['GetResourceOauth2Token', DENIED, 'the token is of another Region', foreign],
  [
    'GetWorkloadAccessTokenForJWT',
    UNAUTHORIZED,
    'the user’s token is none',
    () => ({ workloadName: 'workload', userToken: 'a.b.c' }),
  ],
  ['CompleteResourceTokenAuth', UNAUTHORIZED, 'the user’s token is none', notToken],
  [
    'CompleteResourceTokenAuth',
    DENIED,
    'there is no such session',
    () => ({ userIdentifier: { userId: 'ada' } }),
  ],
]

const fn =
  (rest: object = {}) =>
  () => ({ FunctionName: 'fn', ...rest })
const QUALIFIED = () => ({ FunctionName: 'fn:live' })
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn:live'
const stale = { RevisionId: '00000000-0000-0000-0000-000000000000' }
const twice =
  (rest: object = {}) =>
  () => ({ FunctionName: 'fn:live', Qualifier: '1', ...rest })

const LAMBDA: readonly Row[] = [
  ...['CreateAlias', 'DeleteAlias', 'GetAlias', 'ListAliases', 'ListVersionsByFunction'].map(
    (name): Row => [name, INVALID_VALUE, 'an alias is named', QUALIFIED],
  ),
  ...['PublishVersion', 'UpdateAlias', 'UpdateFunctionConfiguration'].map((name): Row => [
    name,
    INVALID_VALUE,
    'an alias is named',
    QUALIFIED,
  ]),
  ...['PutFunctionConcurrency', 'DeleteFunctionConcurrency', 'GetFunctionConcurrency'].map(
    (name): Row => [name, INVALID_VALUE, 'an alias is named', QUALIFIED],
  ),
  ...[
    'GetFunction',
    'GetFunctionConfiguration',
    'GetPolicy',
    'Invoke',
    'AddPermission',
    'RemovePermission',
    'DeleteFunction',
  ].map((name): Row => [name, INVALID_VALUE, 'the name and the qualifier differ', twice()]),
  ...['ListTags', 'TagResource', 'UntagResource'].map((name): Row => [
    name,
    INVALID_VALUE,
    'an alias is named',
    () => ({ Resource: ARN, TagKeys: ['a'] }),
  ]),
  ['CreateFunction', INVALID_VALUE, 'there is no code', fn({ FunctionName: 'other' })],
  ['UpdateFunctionCode', INVALID_VALUE, 'there is no code', fn()],
  ['PublishLayerVersion', INVALID_VALUE, 'there is no code', () => ({ LayerName: 'a' })],
  ['ListFunctions', INVALID_VALUE, 'the Marker is from nowhere', () => ({ Marker: 'a' })],
  ['ListLayers', INVALID_VALUE, 'the Marker is from nowhere', () => ({ Marker: 'a' })],
  [
    'ListLayerVersions',
    INVALID_VALUE,
    'the Marker is from nowhere',
    () => ({ LayerName: 'a', Marker: 'a' }),
  ],
  [
    'CreateFunction',
    'ResourceConflictException',
    'the name is taken',
    fn({
      Runtime: 'nodejs24.x',
      Handler: 'a.b',
      Role: 'arn:aws:iam::000000000000:role/a',
      Code: { ZipFile: zipFiles({ 'a.mjs': '' }) },
    }),
  ],
  [
    'DeleteFunction',
    'ResourceConflictException',
    'an alias leads to the version',
    fn({ Qualifier: '1' }),
  ],
  [
    'CreateAlias',
    'ResourceConflictException',
    'the name is taken',
    fn({ Name: 'live', FunctionVersion: '1' }),
  ],
  [
    'AddPermission',
    'ResourceConflictException',
    'the statement is there',
    fn({ StatementId: 'one', Action: 'lambda:InvokeFunction', Principal: '*' }),
  ],
  [
    'AddPermission',
    'PreconditionFailedException',
    'the revision is stale',
    fn({ StatementId: 'two', Action: 'lambda:InvokeFunction', Principal: '*', ...stale }),
  ],
  [
    'RemovePermission',
    'PreconditionFailedException',
    'the revision is stale',
    fn({ StatementId: 'one', ...stale }),
  ],
  [
    'UpdateAlias',
    'PreconditionFailedException',
    'the revision is stale',
    fn({ Name: 'live', ...stale }),
  ],
  ['PublishVersion', 'PreconditionFailedException', 'the revision is stale', fn(stale)],
  [
    'UpdateFunctionConfiguration',
    'PreconditionFailedException',
    'the revision is stale',
    fn(stale),
  ],
  [
    'UpdateFunctionCode',
    'PreconditionFailedException',
    'the revision is stale',
    fn({ ZipFile: zipFiles({ 'index.mjs': '' }), ...stale }),
  ],
  ['Invoke', 'InvalidRequestContentException', 'the payload is not JSON', fn({ Payload: '{' })],
  [
    'Invoke',
    'RequestTooLargeException',
    'the event is too long',
    fn({ InvocationType: 'Event', Payload: `"${'a'.repeat(2_000_000)}"` }),
  ],
]

const pool = ({ UserPoolId, ClientId }: ErrorWorld) => ({ UserPoolId, ClientId })
const user = (rest: object) => (world: ErrorWorld) => ({ UserPoolId: world.UserPoolId, ...rest })
const login = (AuthFlow: string, PASSWORD_: string) => (world: ErrorWorld) => ({
  ...pool(world),
  AuthFlow,
  AuthParameters: { USERNAME: 'ada', PASSWORD: PASSWORD_ },
})
const answer = (world: ErrorWorld) => ({
  ...pool(world),
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Session: 'not-a-session-of-anybody',
  ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: PASSWORD },
})

const COGNITO: readonly Row[] = [
  ...[
    'AdminGetUser',
    'AdminDeleteUser',
    'AdminEnableUser',
    'AdminDisableUser',
    'AdminSetUserPassword',
    'AdminUpdateUserAttributes',
  ].map((name): Row => [
    name,
    NO_USER,
    'nobody has the name',
    user({ Username: 'nobody', Password: PASSWORD }),
  ]),
  ['AdminCreateUser', 'UsernameExistsException', 'the name is taken', user({ Username: 'ada' })],
  [
    'AdminCreateUser',
    'InvalidPasswordException',
    'the password is weak',
    user({ Username: 'eve', TemporaryPassword: 'weakest' }),
  ],
  [
    'AdminSetUserPassword',
    'InvalidPasswordException',
    'the password is weak',
    user({ Username: 'ada', Password: 'weakest' }),
  ],
  [
    'InitiateAuth',
    NOT_AUTHORIZED,
    'the password is another',
    login('USER_PASSWORD_AUTH', 'Other-1815'),
  ],
  [
    'AdminInitiateAuth',
    NOT_AUTHORIZED,
    'the password is another',
    login('ADMIN_USER_PASSWORD_AUTH', 'Other-1815'),
  ],
  ['RespondToAuthChallenge', NOT_AUTHORIZED, 'there is no such session', answer],
  ['AdminRespondToAuthChallenge', NOT_AUTHORIZED, 'there is no such session', answer],
  ['GetClientToken', NOT_AUTHORIZED, 'the secret is another', ({ ClientId }) => ({ ClientId })],
  [
    'CreateUserPoolClient',
    'ScopeDoesNotExistException',
    'a scope is unknown',
    user({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['tools/none'],
      GenerateSecret: true,
    }),
  ],
  [
    'CreateUserPoolClient',
    'InvalidOAuthFlowException',
    'a flow goes nowhere',
    user({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
    }),
  ],
  [
    'UpdateUserPoolClient',
    'ScopeDoesNotExistException',
    'a scope is unknown',
    (world) => ({
      ...pool(world),
      CallbackURLs: ['https://a.example/'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['tools/none'],
    }),
  ],
  [
    'UpdateUserPoolClient',
    'InvalidOAuthFlowException',
    'a flow goes nowhere',
    (world) => ({
      ...pool(world),
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
    }),
  ],
  [
    'CreateUserPoolDomain',
    'InvalidParameterException',
    'the domain is taken',
    user({ Domain: 'taken' }),
  ],
  [
    'CreateResourceServer',
    'InvalidParameterException',
    'the identifier is taken',
    user({ Identifier: 'tools', Name: 'Tools' }),
  ],
]

const STAGED = { ClientRequestToken: '0123456789abcdef0123456789abcdef', SecretString: 'a' }
const SECRETS: readonly Row[] = [
  [
    'CreateSecret',
    'ResourceExistsException',
    'the name is taken',
    () => ({ Name: 'secret', ...STAGED }),
  ],
  [
    'CreateSecret',
    'InvalidRequestException',
    'the old one is being deleted',
    () => ({ Name: 'gone', ...STAGED }),
  ],
  [
    'GetSecretValue',
    'InvalidRequestException',
    'it is being deleted',
    () => ({ SecretId: 'gone' }),
  ],
  [
    'PutSecretValue',
    'InvalidRequestException',
    'it is being deleted',
    () => ({ SecretId: 'gone', ...STAGED }),
  ],
  [
    'UpdateSecret',
    'InvalidRequestException',
    'it is being deleted',
    () => ({ SecretId: 'gone', ...STAGED }),
  ],
  [
    'PutSecretValue',
    'InvalidParameterException',
    'there is no value',
    () => ({ SecretId: 'secret' }),
  ],
]

const of =
  (service: ServiceModelName) =>
  ([name, error, when, input, from]: Row): ErrorCase => ({
    id: `${service} ${name}`,
    error,
    when,
    input,
    ...(from && { from }),
  })

export const ERROR_CASES: readonly ErrorCase[] = [
  ...CONTROL.map(of('bedrock-agentcore-control')),
  ...DATA.map(of('bedrock-agentcore')),
  ...LAMBDA.map(of('lambda')),
  ...COGNITO.map(of('cognito-idp')),
  ...SECRETS.map(of('secretsmanager')),
  ...CLOUDFORMATION.map(of('cloudformation')),
  ...SSM.map(of('ssm')),
  ...ECR.map(of('ecr')),
]
