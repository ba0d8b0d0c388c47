// AWS::Lambda::Function. Its code, its configuration and its reserved concurrency are operations of
// their own, and an update does only those whose properties have changed.
import type { Json, JsonObject } from '../json.ts'
import type { ResourceContext, ResourceState, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { ignoreMissing } from './refusals.ts'
import { changes } from './changes.ts'
import { checkInput } from './check-input.ts'
import { createOnce } from './create-once.ts'
import { findNotServed } from './find-not-served.ts'
import type { Gaps } from './gaps.ts'
import { inputOf, readInput } from './operation-input.ts'
import { isUnknown, readProperties, type Properties } from './read-properties.ts'
import { reportIgnored } from './report-ignored.ts'
import { allTags, writeTags, type TagRow } from './write-tags.ts'

const TYPE = 'AWS::Lambda::Function'
const NAME = { maxLength: 64 }

/** What UpdateFunctionConfiguration takes, and what it is sent for a property that is gone. */
const CONFIGURATION: Readonly<Record<string, (functionName: string) => Json | undefined>> = {
  Description: () => '',
  Environment: () => ({ Variables: {} }),
  EphemeralStorage: () => ({ Size: 512 }),
  Handler: () => undefined,
  KmsKeyArn: () => '',
  Layers: () => [],
  LoggingConfig: (functionName) => ({ LogGroup: `/aws/lambda/${functionName}` }),
  MemorySize: () => 128,
  Role: () => undefined,
  Runtime: () => undefined,
  Timeout: () => 3,
}

const IGNORED = {
  FunctionScalingConfig: 'there are no managed instances',
  PublishToLatestPublished: 'there are no managed instances',
  RecursiveLoop: 'loops are not looked for',
  RuntimeManagementConfig: 'functions run on the runtimes of this machine',
  SnapStart: 'environments are not restored from snapshots; they start anew',
  TracingConfig: 'there is no X-Ray',
}

const NOT_SERVED = {
  'Code/ImageUri':
    'functions are not run from container images here; give the code as ZipFile or S3Bucket and S3Key, with a bootstrap and provided.al2023 for any language',
  'Code/S3ObjectVersion': 'local buckets keep no versions of an object',
  'Code/SourceKMSKeyArn': 'there is no KMS here',
  'PackageType=Image': 'functions are not run from container images here',
  CapacityProviderConfig: 'there are no managed instances here',
  CodeSigningConfigArn: 'code is not signed here',
  DeadLetterConfig: 'there are no queues and topics here',
  DurableConfig: 'executions are not durable here',
  FileSystemConfigs: 'no file systems are mounted here',
  ImageConfig: 'functions are not run from container images here',
  TenancyConfig: 'tenants are not isolated here',
  VpcConfig: 'there are no VPCs here',
}

const TAGS: TagRow = {
  property: 'Tags',
  namesStack: false, // Lambda keeps keys that begin with aws: to itself
  write: {
    tag: 'TagResource',
    untag: 'UntagResource',
    identify: (name, { scope: { region, accountId } }) => ({
      Resource: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
    }),
    member: 'Tags',
    keysMember: 'TagKeys',
  },
}

export const FUNCTION_GAPS: Gaps = { ignored: IGNORED, notServed: NOT_SERVED }

export const lambdaFunction: ResourceType = {
  type: TYPE,
  properties: [
    ...Object.keys(CONFIGURATION),
    ...Object.keys(IGNORED),
    ...Object.keys(NOT_SERVED).filter((path) => /^\w+$/.test(path)),
    'Architectures',
    'Code',
    'FunctionName',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Tags',
  ],
  required: ['Code', 'Role'],
  takesTags: true,
  check(given) {
    const FunctionName = given['FunctionName'] ?? 'name'
    const read = readProperties(inputOf('lambda', 'CreateFunction'), {
      ...adapt({ ...given, FunctionName }),
      Code: standInForCode(given['Code']),
    })
    const problems = checkInput(inputOf('lambda', 'CreateFunction'), read)
    return [...findNotServed(given, NOT_SERVED), ...problems]
  },
  needsReplacement: (before, after) => changes(before, after, ['FunctionName', 'PackageType']),

  async create(request) {
    const { properties: given } = request
    reportIgnored(request, given, IGNORED)
    const input = readInput('lambda', 'CreateFunction', {
      ...adapt(given),
      FunctionName: given['FunctionName'] ?? request.generateName(NAME),
      Code: await readCode(given),
      Tags: allTags(request, TAGS, given['Tags']),
    })
    const name = asText(input['FunctionName'])
    await createOnce(request, {
      create: () => request.aws('lambda', 'CreateFunction', input),
      idOf: () => name,
      expectedId: name,
    })
    await writeConcurrency(request, name, given, {})
    return describe(request, name)
  },

  async update(request) {
    const { properties: after, before } = request
    const { physicalId: name, properties: old } = before
    reportIgnored(request, after, IGNORED)
    if (changes(old, after, Object.keys(CONFIGURATION))) {
      const settings = { ...clearedSettings(old, after, name), ...configurationOf(after) }
      const properties = { ...settings, FunctionName: name }
      const input = readInput('lambda', 'UpdateFunctionConfiguration', properties)
      await request.aws('lambda', 'UpdateFunctionConfiguration', input)
    }
    if (changes(old, after, ['Code', 'Architectures'])) {
      const code = { ...(await readCode(after)), Architectures: after['Architectures'] }
      const input = readInput('lambda', 'UpdateFunctionCode', { ...code, FunctionName: name })
      await request.aws('lambda', 'UpdateFunctionCode', input)
    }
    await writeConcurrency(request, name, after, old)
    await writeTags(request, 'lambda', TAGS, { physicalId: name, after, before: old })
    return describe(request, name)
  },

  delete: (request) =>
    ignoreMissing(async () => {
      await request.aws('lambda', 'DeleteFunction', { FunctionName: request.physicalId })
    }),
}

/** Without what has no effect, and without what other operations do. */
function adapt(given: Properties): Properties {
  const { ReservedConcurrentExecutions: _, LoggingConfig: logging, ...properties } = given
  const seen = Object.entries(properties).filter(([name]) => !(name in IGNORED))
  const { LogGroup } = (logging ?? {}) as JsonObject
  return {
    ...Object.fromEntries(seen),
    ...(LogGroup !== undefined && { LoggingConfig: { LogGroup } }),
  }
}

function configurationOf(given: Properties): Properties {
  const settings = Object.entries(adapt(given)).filter(([name]) => name in CONFIGURATION)
  return Object.fromEntries(settings)
}

function clearedSettings(before: Properties, after: Properties, functionName: string): Properties {
  const gone = Object.entries(CONFIGURATION).filter(
    ([name]) => before[name] !== undefined && after[name] === undefined,
  )
  return Object.fromEntries(gone.map(([name, value]) => [name, value(functionName)]))
}

/** Source text in a template becomes the archive that Lambda would make of it. */
async function readCode({ Code, Runtime }: Properties): Promise<Properties> {
  const { ZipFile: source, ...code } = Code as Properties
  if (source === undefined) return code
  const { inlineArchive } = await import('../../code/inline-archive.ts')
  return { ...code, ZipFile: await inlineArchive(asText(Runtime), asText(source)) }
}

/** What a check needs to know of code: that there is some. */
function standInForCode(code: Json | undefined): unknown {
  if (typeof code !== 'object' || code === null || isUnknown(code)) return code
  return 'ZipFile' in code ? { ...code, ZipFile: new Uint8Array(1) } : code
}

async function writeConcurrency(
  context: ResourceContext,
  FunctionName: string,
  after: Properties,
  before: Properties,
): Promise<void> {
  const { ReservedConcurrentExecutions: wanted } = after
  if (!changes(before, after, ['ReservedConcurrentExecutions'])) return
  const operation = wanted === undefined ? 'DeleteFunctionConcurrency' : 'PutFunctionConcurrency'
  const properties = { FunctionName, ReservedConcurrentExecutions: wanted }
  const input = readInput('lambda', operation, properties, ['ReservedConcurrentExecutions'])
  await context.aws('lambda', operation, input)
}

async function describe(context: ResourceContext, FunctionName: string): Promise<ResourceState> {
  const found = await context.aws('lambda', 'GetFunctionConfiguration', { FunctionName })
  const attributes: JsonObject = {
    Arn: asText(found['FunctionArn']),
    'SnapStartResponse.ApplyOn': 'None',
    'SnapStartResponse.OptimizationStatus': 'Off',
  }
  return { physicalId: FunctionName, attributes }
}
