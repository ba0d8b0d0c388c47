// Why an error that a model names is not shown by `error-cases.ts`: it cannot occur here, or another
// test shows it (that file is read, and must name the error).
import type { ServedOperation } from './served-operations.ts'

/** Their models name ResourceNotFoundException; nothing that could be missing is named to them. */
export const NEVER_MISSING: ReadonlyMap<string, string> = new Map([
  ...['ApiKeyCredentialProvider', 'Oauth2CredentialProvider', 'WorkloadIdentity'].map(
    (kind): [string, string] => [
      `bedrock-agentcore-control Create${kind}`,
      'it makes what it names',
    ],
  ),
  ...['ApiKeyCredentialProviders', 'Oauth2CredentialProviders', 'WorkloadIdentities'].map(
    (kind): [string, string] => [
      `bedrock-agentcore-control List${kind}`,
      'the vault is always there',
    ],
  ),
  ...['', 'ForJWT', 'ForUserId'].map((kind): [string, string] => [
    `bedrock-agentcore GetWorkloadAccessToken${kind}`,
    'a workload identity is made when a token is asked for it',
  ]),
  ['bedrock-agentcore CompleteResourceTokenAuth', 'an unknown session is AccessDeniedException'],
  ['lambda CreateFunction', 'a layer that is missing is InvalidParameterValueException'],
  ['lambda DeleteLayerVersion', 'deleting twice is not an error'],
  ['lambda ListLayerVersions', 'a layer without versions is no layer'],
  ['lambda PublishLayerVersion', 'it makes what it names'],
  ['cognito-idp DescribeUserPoolDomain', 'an unknown domain has an empty description'],
  ['secretsmanager CreateSecret', 'it makes what it names'],
])

const NO_IAM = 'IAM policies are not evaluated: a caller may do everything in its own account'
const NOT_PART = 'what it is about is refused or missing here'
const OWN_KEY = 'secrets are sealed with the host’s own key'
const NOT_COUNTED = 'operations of a control plane are not throttled'
const UNEXPECTED = 'only a defect of the host brings it about; the fuzz tests look for one'
const BY_MODEL = 'what the model can say is ValidationException, and there is nothing else'

/** Errors that an operation here never answers with, unless a case shows it. */
const NOWHERE: Readonly<Record<string, string>> = {
  AccessDeniedException: NO_IAM,
  NotAuthorizedException: NO_IAM,
  UnauthorizedException: 'a signature that is wrong is refused in AWS’s common words (sts.test.ts)',
  ThrottlingException: NOT_COUNTED,
  TooManyRequestsException: NOT_COUNTED,
  InternalServerException: UNEXPECTED,
  InternalErrorException: UNEXPECTED,
  InternalServiceError: UNEXPECTED,
  InternalServerError: UNEXPECTED,
  ServerException: UNEXPECTED,
  ServiceException: UNEXPECTED,
  DecryptionFailure: OWN_KEY,
  EncryptionFailure: OWN_KEY,
  KmsException: OWN_KEY,
  InvalidKeyId: OWN_KEY,
  InvalidNextToken:
    'a token that the list did not give is ValidationException (pagination.test.ts)',
  TooManyUpdates: 'changes of one parameter wait for each other',
  InvalidTagParameterException: BY_MODEL,
  TokenAlreadyExistsException: 'the same operation asked for again is the same one',
  ResourceLimitExceededException: 'a quota is ServiceQuotaExceededException',
  ConcurrentModificationException: 'changes of one resource wait for each other',
}

/** Errors about parts of a service that are not here. */
const PARTS: Readonly<Record<string, RegExp>> = {
  lambda:
    /^(?:KMS|EC2|EFS|ENI|S3Files|SnapStart|Subnet|InvalidS(?:ecurityGroup|ubnet)ID|CodeArtifact|CodeSigning|CodeVerification|CodeStorage|InvalidCodeSignature|DurableExecution|FunctionVersionsPer|InvalidRuntime|InvalidZipFile|ModeNotSupported|NoPublishedVersion|PublicPolicy|PolicyLength|RecursiveInvocation|ResourceNotReady|SerializedRequest|ServiceQuota|UnsupportedMediaType)/,
  'cognito-idp':
    /^(?:CodeDelivery|FeatureUnavailable|Forbidden|Invalid(?:Sms|Email|LambdaResponse|UserPoolConfiguration)|MFAMethod|OperationNotEnabled|PasswordHistory|PasswordReset|PreconditionNotMet|TierChange|UnexpectedLambda|UnsupportedOperation|UnsupportedUserState|UserImport|UserLambda|UserNotConfirmed|UserPoolTagging)/,
  secretsmanager: /^(?:LimitExceeded|MalformedPolicy|PreconditionNotMet)/,
  ssm: /^(?:InvalidPolicy|IncompatiblePolicy|PoliciesLimit|UnsupportedParameterType)/,
  sts: /^(?:MalformedPolicy|PackedPolicy|RegionDisabled|ExpiredToken)/,
}

/** Errors of single operations that cannot occur. */
const NOT_OF_THIS: Readonly<Record<string, string>> = {
  ...ofEach('bedrock-agentcore-control', 'ConflictException', {
    'CreateApiKeyCredentialProvider CreateOauth2CredentialProvider':
      'a name taken is ValidationException',
    'UpdateApiKeyCredentialProvider UpdateOauth2CredentialProvider': 'changes wait for each other',
    DeleteOauth2CredentialProvider: 'its open sessions go with it',
    'UpdateGatewayRateLimit DeleteGatewayRateLimit':
      'only a limit of an app file cannot be changed',
  }),
  ...ofEach('bedrock-agentcore-control', 'ServiceQuotaExceededException', {
    'UpdateAgentRuntimeEndpoint UpdateGateway UpdateGatewayTarget SynchronizeGatewayTargets':
      'nothing is added',
    'UpdateApiKeyCredentialProvider UpdateOauth2CredentialProvider': 'nothing is added',
  }),
  ...ofEach('bedrock-agentcore', 'ConflictException', {
    StopRuntimeSession: 'stopping is stopping',
  }),
  ...ofEach('bedrock-agentcore', 'RuntimeClientError', {
    StopRuntimeSession: 'the agent is not asked',
  }),
  ...ofEach('bedrock-agentcore', 'ServiceQuotaExceededException', {
    StopRuntimeSession: 'it starts no session',
  }),
  ...ofEach('lambda', 'InvalidParameterValueException', { DeleteLayerVersion: BY_MODEL }),
  ...ofEach('lambda', 'ResourceConflictException', {
    'DeleteAlias DeleteFunctionConcurrency Invoke PublishVersion PutFunctionConcurrency TagResource':
      'changes wait for each other, and only a function of an app file cannot be changed',
    'UntagResource UpdateAlias UpdateFunctionCode UpdateFunctionConfiguration':
      'changes wait for each other, and only a function of an app file cannot be changed',
  }),
  ...ofEach('cognito-idp', 'UserNotFoundException', {
    AdminCreateUser: 'it makes whom it names',
    'AdminRespondToAuthChallenge RespondToAuthChallenge': 'a session names somebody who is there',
  }),
  ...ofEach('cognito-idp', 'LimitExceededException', {
    CreateUserPoolDomain: 'one is all there is',
  }),
  ...ofEach('cloudformation', 'InsufficientCapabilitiesException', {
    ExecuteChangeSet: 'capabilities are asked for when the change set is made',
  }),
  ...ofEach('cloudformation', 'InvalidChangeSetStatusException', {
    DeleteChangeSet: 'a change set that is being executed is one of the stack, and goes with it',
  }),
  ...ofEach('ssm', 'ParameterMaxVersionLimitExceeded', {
    PutParameter: 'the oldest version goes, since none has a label',
  }),
  ...ofEach('ecr', 'TooManyTagsException', { UntagResource: 'nothing is added' }),
  ...ofEach('secretsmanager', 'InvalidRequestException', {
    DeleteSecret: 'deleting twice is fine',
  }),
  ...ofEach('secretsmanager', 'InvalidParameterException', {
    'DescribeSecret GetSecretValue UpdateSecret': BY_MODEL,
  }),
}

/** Shown by a test of their own, which names both; `errors.test.ts` looks for it. */
export const ELSEWHERE: readonly string[] = [
  'bedrock-agentcore-control CreateGateway: ServiceQuotaExceededException',
  'cognito-idp CreateUserPool: LimitExceededException',
  'cognito-idp CreateUserPoolClient: LimitExceededException',
  'bedrock-agentcore-control CreateGatewayTarget: ServiceQuotaExceededException',
  'bedrock-agentcore-control CreateApiKeyCredentialProvider: ServiceQuotaExceededException',
  'bedrock-agentcore-control CreateOauth2CredentialProvider: ServiceQuotaExceededException',
  'bedrock-agentcore-control DeleteGatewayTarget: ConflictException',
  'bedrock-agentcore-control SynchronizeGatewayTargets: ConflictException',
  'lambda GetLayerVersion: InvalidParameterValueException',
  'lambda Invoke: TooManyRequestsException',
  'cognito-idp AddUserPoolClientSecret: LimitExceededException',
  'cognito-idp CreateResourceServer: LimitExceededException',
  'cognito-idp InitiateAuth: UserNotFoundException',
  'cognito-idp AdminInitiateAuth: UserNotFoundException',
  'cognito-idp RespondToAuthChallenge: InvalidPasswordException',
  'cognito-idp AdminRespondToAuthChallenge: InvalidPasswordException',
  'secretsmanager CreateSecret: InvalidParameterException',
  'secretsmanager DeleteSecret: InvalidParameterException',
  'secretsmanager PutSecretValue: ResourceExistsException',
  'secretsmanager UpdateSecret: ResourceExistsException',
  'ecr DeleteRepository: RepositoryNotEmptyException',
  'cloudformation CreateChangeSet: LimitExceededException',
]

/** Can occur, and no test with the AWS SDK shows it: this list may only shrink. */
export const UNPROVEN: readonly string[] = [
  'bedrock-agentcore-control BatchPutGatewayRateLimits: ServiceQuotaExceededException', // 50
  'bedrock-agentcore-control CreateGatewayRateLimit: ServiceQuotaExceededException', // 50
  'bedrock-agentcore-control CreateAgentRuntime: ServiceQuotaExceededException', // 1,000
  'bedrock-agentcore-control UpdateAgentRuntime: ServiceQuotaExceededException', // 1,000 versions
  'bedrock-agentcore InvokeAgentRuntimeCommand: RuntimeClientError',
  'bedrock-agentcore InvokeAgentRuntime: ServiceQuotaExceededException', // sessions
  'bedrock-agentcore InvokeAgentRuntimeCommand: ServiceQuotaExceededException', // sessions
  'bedrock-agentcore StopRuntimeSession: UnauthorizedException', // a runtime with a JWT authorizer
  'bedrock-agentcore GetResourceOauth2Token: ThrottlingException', // 10,000 open authorizations
  'cloudformation CreateStack: LimitExceededException', // 2,000 stacks
  'ssm PutParameter: ParameterLimitExceeded', // 10,000
  'ecr CreateRepository: LimitExceededException', // 100,000
  'cognito-idp InitiateAuth: TooManyRequestsException', // passwords being checked at once
  'cognito-idp AdminInitiateAuth: TooManyRequestsException',
  'cognito-idp AdminUpdateUserAttributes: AliasExistsException',
]

function ofEach(
  service: string,
  error: string,
  reasons: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([names, reason]) =>
      names.split(' ').map((name) => [`${service} ${name}: ${error}`, reason]),
    ),
  )
}

export function findReason({ id, service }: ServedOperation, error: string): string | undefined {
  if (UNPROVEN.includes(`${id}: ${error}`)) return undefined
  if (error === 'ResourceNotFoundException') return NEVER_MISSING.get(id)
  const isOfPart = PARTS[service]?.test(error) === true
  return NOT_OF_THIS[`${id}: ${error}`] ?? (isOfPart ? NOT_PART : NOWHERE[error])
}
