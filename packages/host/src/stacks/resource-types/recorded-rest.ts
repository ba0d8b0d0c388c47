import { asText } from './as-text.ts'
import { recordedUuid } from './recorded-id.ts'
import type { Properties } from './properties.ts'
import { isUnknown } from './unknown-values.ts'
import type { Recorded, RecordedRow } from './recorded-row.ts'

const OWN_ACCOUNT_ONLY = 'what belongs to an account is open to that account, and to no other'
const OWN_PAGES = 'the sign-in pages of this host look alike in every pool'
const OWN_KEY = 'this host encrypts what it keeps under its own master key'
const NO_RETRY_SETTINGS =
  'asynchronous invocations are tried again after one and two minutes, and then given up'
const NO_BUILDS =
  'this host has no CodeBuild; container images of deploy-time-build and of image assets are run from their build folder'

function arn(
  service: string,
  resource: string,
  { scope: { region, accountId } }: Recorded,
): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`
}

/** What the rest of a template may name, and nothing here looks at (CloudFormation's resource schemas). */
export const OTHER_RECORDED_ROWS: readonly RecordedRow[] = [
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    withoutEffect: OWN_ACCOUNT_ONLY,
    properties: ['BlockPublicPolicy', 'ResourcePolicy', 'SecretId'],
    required: ['ResourcePolicy', 'SecretId'],
    replacement: ['SecretId'],
    physicalId: ({ properties }) => asText(properties['SecretId']),
    attributes: ({ properties }) => ({ Id: asText(properties['SecretId']) }),
  },
  {
    type: 'AWS::Lambda::LayerVersionPermission',
    withoutEffect: OWN_ACCOUNT_ONLY,
    properties: ['Action', 'LayerVersionArn', 'OrganizationId', 'Principal'],
    required: ['Action', 'LayerVersionArn', 'Principal'],
    replacement: ['Action', 'LayerVersionArn', 'OrganizationId', 'Principal'],
    physicalId: ({ properties, id }) => `${asText(properties['LayerVersionArn'])}#${id(12)}`,
    attributes: ({ properties, id }) => ({
      Id: `${asText(properties['LayerVersionArn'])}#${id(12)}`,
    }),
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    withoutEffect: NO_RETRY_SETTINGS,
    properties: [
      'DestinationConfig',
      'FunctionName',
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
      'Qualifier',
    ],
    required: ['FunctionName', 'Qualifier'],
    replacement: ['FunctionName', 'Qualifier'],
    physicalId: ({ properties }) =>
      `${asText(properties['FunctionName'])}|${asText(properties['Qualifier'])}`,
  },
  {
    type: 'AWS::Cognito::ManagedLoginBranding',
    withoutEffect: OWN_PAGES,
    properties: [
      'Assets',
      'ClientId',
      'ReturnMergedResources',
      'Settings',
      'UseCognitoProvidedValues',
      'UserPoolId',
    ],
    required: ['UserPoolId'],
    replacement: ['ClientId', 'UserPoolId'],
    physicalId: ({ properties, id }) => `${asText(properties['UserPoolId'])}|${id(16)}`,
    attributes: ({ id }) => ({ ManagedLoginBrandingId: id(16) }),
  },
  {
    type: 'AWS::Cognito::UserPoolUICustomizationAttachment',
    withoutEffect: OWN_PAGES,
    properties: ['CSS', 'ClientId', 'UserPoolId'],
    required: ['ClientId', 'UserPoolId'],
    replacement: ['ClientId', 'UserPoolId'],
    physicalId: ({ properties }) =>
      `UserPoolUICustomizationAttachment-${asText(properties['UserPoolId'])}-${asText(properties['ClientId'])}`,
  },
  {
    type: 'AWS::KMS::Key',
    withoutEffect: OWN_KEY,
    properties: [
      'BypassPolicyLockoutSafetyCheck',
      'Description',
      'EnableKeyRotation',
      'Enabled',
      'KeyPolicy',
      'KeySpec',
      'KeyUsage',
      'MultiRegion',
      'Origin',
      'PendingWindowInDays',
      'RotationPeriodInDays',
      'Tags',
    ],
    required: [],
    replacement: [],
    physicalId: recordedUuid,
    attributes: (recorded) => ({
      Arn: arn('kms', `key/${recordedUuid(recorded)}`, recorded),
      KeyId: recordedUuid(recorded),
    }),
  },
  {
    type: 'AWS::KMS::Alias',
    withoutEffect: OWN_KEY,
    properties: ['AliasName', 'TargetKeyId'],
    required: ['AliasName', 'TargetKeyId'],
    replacement: ['AliasName'],
    physicalId: ({ properties }) => asText(properties['AliasName']),
  },
  {
    type: 'AWS::CodeBuild::Project',
    withoutEffect: NO_BUILDS,
    properties: [
      'Artifacts',
      'AutoRetryLimit',
      'BadgeEnabled',
      'BuildBatchConfig',
      'Cache',
      'ConcurrentBuildLimit',
      'Description',
      'EncryptionKey',
      'Environment',
      'FileSystemLocations',
      'LogsConfig',
      'Name',
      'QueuedTimeoutInMinutes',
      'ResourceAccessRole',
      'SecondaryArtifacts',
      'SecondarySourceVersions',
      'SecondarySources',
      'ServiceRole',
      'Source',
      'SourceVersion',
      'Tags',
      'TimeoutInMinutes',
      'Triggers',
      'Visibility',
      'VpcConfig',
    ],
    required: ['Artifacts', 'Environment', 'ServiceRole', 'Source'],
    replacement: ['Name'],
    name: { property: 'Name', maxLength: 150 },
    attributes: (recorded) => ({
      Arn: arn('codebuild', `project/${recorded.name}`, recorded),
      Id: recorded.name,
    }),
    check: checkProject,
  },
  {
    type: 'AWS::CDK::Metadata',
    withoutEffect: 'it tells which constructs a template was made with',
    properties: ['Analytics', 'Modules'],
    required: [],
    replacement: [],
  },
]

/** deploy-time-build's project is told by its build where to answer; the host does that build itself. */
function checkProject({ Source: source }: Properties): readonly string[] {
  const { Type: type, BuildSpec: buildSpec } = (source ?? {}) as Properties
  const isDone = isUnknown(buildSpec) || asText(buildSpec).includes('responseURL')
  if (type === 'NO_SOURCE' && isDone) return []
  return [
    'no builds run on this host but those of the construct ContainerImageBuild (deploy-time-build) and of image assets; build the image as one of these, or deploy code',
  ]
}
