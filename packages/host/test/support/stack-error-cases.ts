// Refusals of CloudFormation, Parameter Store and ECR that do not follow from the model alone, in the
// world of `error-world.ts`. What the input leaves out is as the model requires it.

type StackRow = readonly [operation: string, error: string, when: string, input: () => object]

const ONE_PARAMETER = JSON.stringify({
  Resources: { A: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'a' } } },
})
const ONE_ROLE = JSON.stringify({
  Resources: { A: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } } },
})
const stack = (rest: object) => () => ({ StackName: 'shop', ...rest })
const NO_CHANGE_SET = 'ChangeSetNotFoundException'
const CAPABILITIES = 'InsufficientCapabilitiesException'
const TAKEN = 'AlreadyExistsException'

export const CLOUDFORMATION: readonly StackRow[] = [
  ['CreateStack', TAKEN, 'the name is taken', stack({ TemplateBody: ONE_PARAMETER })],
  [
    'CreateChangeSet',
    TAKEN,
    'the name is taken',
    stack({ ChangeSetName: 'executed', TemplateBody: ONE_ROLE, Capabilities: ['CAPABILITY_IAM'] }),
  ],
  [
    'CreateStack',
    CAPABILITIES,
    'a role is made',
    () => ({ StackName: 'new', TemplateBody: ONE_ROLE }),
  ],
  ['UpdateStack', CAPABILITIES, 'a role is made', stack({ TemplateBody: ONE_ROLE })],
  [
    'CreateChangeSet',
    CAPABILITIES,
    'a role is made',
    stack({ ChangeSetName: 'new', TemplateBody: ONE_ROLE }),
  ],
  ...['DescribeChangeSet', 'ExecuteChangeSet', 'GetTemplate'].map((name): StackRow => [
    name,
    NO_CHANGE_SET,
    'there is no such change set',
    stack({ ChangeSetName: 'none' }),
  ]),
  [
    'ExecuteChangeSet',
    'InvalidChangeSetStatusException',
    'it has no changes',
    stack({ ChangeSetName: 'unchanged' }),
  ],
  [
    'GetTemplateSummary',
    'StackSetNotFoundException',
    'there are no stack sets',
    () => ({ StackSetName: 'all' }),
  ],
]

const parameter =
  (rest: object = {}) =>
  () => ({ Name: 'new', Type: 'String', Value: 'a', ...rest })
const known = (rest: object) => parameter({ Name: 'known', Overwrite: true, ...rest })
const resource =
  (rest: object = {}) =>
  () => ({ ResourceType: 'Parameter', ResourceId: 'known', TagKeys: ['a'], ...rest })
const filters =
  (filter: object = {}) =>
  () => ({ Path: '/', ParameterFilters: [{ Key: 'Type', Values: ['String'], ...filter }] })
const fiftyOne = Array.from({ length: 51 }, (_, index) => ({ Key: `t${index}`, Value: 'a' }))

export const SSM: readonly StackRow[] = [
  ...['GetParameter', 'DeleteParameter'].map((name): StackRow => [
    name,
    'ParameterNotFound',
    'nobody wrote it',
    () => ({ Name: 'none' }),
  ]),
  [
    'GetParameter',
    'ParameterVersionNotFound',
    'it has no such version',
    () => ({ Name: 'known:7' }),
  ],
  ['PutParameter', 'ParameterAlreadyExists', 'the name is taken', parameter({ Name: 'known' })],
  [
    'PutParameter',
    'HierarchyLevelLimitExceededException',
    'the path is long',
    parameter({ Name: '/a'.repeat(16) }),
  ],
  [
    'PutParameter',
    'HierarchyTypeMismatchException',
    'the type is another',
    known({ Type: 'SecureString' }),
  ],
  [
    'PutParameter',
    'InvalidAllowedPatternException',
    'the pattern is none',
    parameter({ AllowedPattern: '[' }),
  ],
  [
    'PutParameter',
    'ParameterPatternMismatchException',
    'the value is another',
    parameter({ AllowedPattern: 'b' }),
  ],
  [
    'PutParameter',
    'InvalidKeyId',
    'the key is one’s own',
    parameter({ Type: 'SecureString', KeyId: 'alias/own' }),
  ],
  ...['AddTagsToResource', 'RemoveTagsFromResource', 'ListTagsForResource'].flatMap(
    (name): StackRow[] => [
      [name, 'InvalidResourceId', 'nobody wrote it', resource({ ResourceId: 'none' })],
      [name, 'InvalidResourceType', 'it is a document', resource({ ResourceType: 'Document' })],
    ],
  ),
  [
    'AddTagsToResource',
    'TooManyTagsError',
    'there are more than fifty',
    resource({ Tags: fiftyOne }),
  ],
  ...['DescribeParameters', 'GetParametersByPath'].flatMap((name): StackRow[] => [
    [name, 'InvalidFilterKey', 'there are no labels', filters({ Key: 'Label' })],
    [name, 'InvalidFilterOption', 'the option is unknown', filters({ Option: 'Like' })],
    [
      name,
      'InvalidFilterValue',
      'the path is none',
      filters({ Key: 'Path', Option: 'OneLevel', Values: ['a'] }),
    ],
  ]),
]

const NO_REPOSITORY = 'RepositoryNotFoundException'
const repositoryArn = (name: string) => `arn:aws:ecr:us-east-1:000000000000:repository/${name}`

export const ECR: readonly StackRow[] = [
  ...['DeleteRepository', 'DescribeImages', 'ListImages'].map((name): StackRow => [
    name,
    NO_REPOSITORY,
    'nobody made it',
    () => ({ repositoryName: 'none' }),
  ]),
  ['DescribeRepositories', NO_REPOSITORY, 'nobody made it', () => ({ repositoryNames: ['none'] })],
  ...['TagResource', 'UntagResource', 'ListTagsForResource'].flatMap((name): StackRow[] => [
    [
      name,
      NO_REPOSITORY,
      'nobody made it',
      () => ({ resourceArn: repositoryArn('none'), tags: [], tagKeys: [] }),
    ],
    [name, 'InvalidParameterException', 'the ARN is none', () => ({ resourceArn: 'a', tags: [] })],
  ]),
  [
    'CreateRepository',
    'RepositoryAlreadyExistsException',
    'the name is taken',
    () => ({ repositoryName: 'images' }),
  ],
  ...['CreateRepository', 'TagResource'].map((name): StackRow => [
    name,
    'TooManyTagsException',
    'there are more than fifty',
    () => ({ repositoryName: 'tagged', resourceArn: repositoryArn('images'), tags: fiftyOne }),
  ]),
  [
    'DescribeImages',
    'ImageNotFoundException',
    'nobody registered it',
    () => ({ repositoryName: 'images', imageIds: [{ imageTag: 'none' }] }),
  ],
]
