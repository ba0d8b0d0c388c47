// AWS::Lambda::Function. Its code, its configuration and its reserved concurrency are operations of
// their own, and an update does only those whose properties have changed.
import type { Json, JsonObject } from '../json.ts'
import type { ResourceContext, ResourceState, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { ignoreMissing } from './refusals.ts'
import { changes } from './changes.ts'
import { checkInput, foreignTo } from './check-input.ts'
import { createOnce } from './create-once.ts'
import { findNotServed } from './find-not-served.ts'
import {
  adaptFunction,
  checkRuntime,
  clearedSettings,
  CONFIGURATION,
  configurationOf,
  FUNCTION_GAPS,
  FUNCTION_PROPERTIES,
} from './lambda-function-properties.ts'
import { inputOf, readInput } from './operation-input.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'
import { reportIgnored } from './report-ignored.ts'
import { findTooLong } from './too-long.ts'
import { allTags, writeTags, type TagRow } from './write-tags.ts'

const NAME = { maxLength: 64 }

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

export const lambdaFunction: ResourceType = {
  type: 'AWS::Lambda::Function',
  properties: FUNCTION_PROPERTIES,
  required: ['Code', 'Role'],
  takesTags: true,
  check(given) {
    const shape = inputOf('lambda', 'CreateFunction')
    const FunctionName = given['FunctionName'] ?? 'name'
    const properties = {
      ...adaptFunction({ ...given, FunctionName }),
      Code: standInForCode(given['Code']),
    }
    const read = readProperties(shape, properties, foreignTo(FUNCTION_PROPERTIES, given))
    return [
      ...findNotServed(given, FUNCTION_GAPS),
      ...checkRuntime(given),
      ...findTooLong('FunctionName', given['FunctionName'], NAME.maxLength),
      ...checkInput(shape, read),
    ]
  },
  needsReplacement: (before, after) => changes(before, after, ['FunctionName', 'PackageType']),

  async create(request) {
    const { properties: given } = request
    reportIgnored(request, given, FUNCTION_GAPS)
    const input = readInput('lambda', 'CreateFunction', {
      ...adaptFunction(given),
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
    reportIgnored(request, after, FUNCTION_GAPS)
    if (changes(old, after, Object.keys(CONFIGURATION))) {
      const settings = { ...clearedSettings(old, name), ...configurationOf(after) }
      const properties = { ...settings, FunctionName: name }
      const input = readInput('lambda', 'UpdateFunctionConfiguration', properties)
      await request.aws('lambda', 'UpdateFunctionConfiguration', input)
    }
    if (changes(old, after, codeOf(after))) {
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

/** What is code: of a source text, the runtime decides what file it becomes. */
function codeOf({ Code }: JsonObject): readonly string[] {
  const isText = typeof Code === 'object' && Code !== null && 'ZipFile' in Code
  return ['Code', 'Architectures', ...(isText ? ['Runtime'] : [])]
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
  if (typeof code !== 'object' || code === null) return code
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
