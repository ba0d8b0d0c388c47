// AWS::SecretsManager::Secret. Deleted with its stack and at once: a name that had to wait for the end
// of a recovery window could not be deployed again.
import type { ResourceContext, ResourceType, ResourceUpdate } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { ignoreMissing, isMissing } from './refusals.ts'
import { changes } from './changes.ts'
import { checkInput } from './check-input.ts'
import { findNotServed } from './find-not-served.ts'
import { createOnce } from './create-once.ts'
import type { Gaps } from './gaps.ts'
import { inputOf, readInput } from './operation-input.ts'
import type { Output } from './output.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'
import { reportIgnored } from './report-ignored.ts'
import { generateSecretText } from './secret-text.ts'
import { allTags, writeTags } from './write-tags.ts'

export const SECRET_GAPS = {
  ignored: { KmsKeyId: 'values are encrypted under the master key of this host' },
  notServed: {
    ReplicaRegions: 'there is one host, and nothing to replicate to',
    Type: 'managed external secrets are not served by this host',
  },
} satisfies Gaps

/** Secrets Manager's operations for tags are not served. */
const TAGS = { property: 'Tags', namesStack: true }

export const secret: ResourceType = {
  type: 'AWS::SecretsManager::Secret',
  properties: [
    'Description',
    'GenerateSecretString',
    'KmsKeyId',
    'Name',
    'ReplicaRegions',
    'SecretString',
    'Tags',
    'Type',
  ],
  required: [],
  check(given) {
    const shape = inputOf('secretsmanager', 'CreateSecret')
    const read = readProperties(shape, { Name: 'name', ...ownProperties(given) })
    const isTwice =
      given['SecretString'] !== undefined && given['GenerateSecretString'] !== undefined
    return [
      ...findNotServed(given, SECRET_GAPS),
      ...checkInput(shape, read),
      ...(isTwice ? ['SecretString and GenerateSecretString exclude each other'] : []),
    ]
  },
  needsReplacement: (before, after) => changes(before, after, ['Name']),

  async create(request) {
    const { properties: given } = request
    reportIgnored(request, given, SECRET_GAPS)
    const input = readInput('secretsmanager', 'CreateSecret', {
      ...ownProperties(given),
      Name: given['Name'] ?? request.generateName({ maxLength: 200 }),
      SecretString: textOf(given),
      Tags: allTags(request, TAGS, given['Tags']),
      ClientRequestToken: request.clientToken,
    })
    const { physicalId } = await createOnce(request, {
      create: () => request.aws('secretsmanager', 'CreateSecret', input),
      idOf: ({ ARN }) => asText(ARN),
      find: () => findSecret(request, input),
    })
    return { physicalId, attributes: { Id: physicalId } }
  },

  async update(request) {
    const { properties: after, before } = request
    const { physicalId, attributes } = before
    const change = describeChange(request)
    if (Object.keys(change).length > 0) {
      const input = { ...change, SecretId: physicalId }
      await request.aws(
        'secretsmanager',
        'UpdateSecret',
        readInput('secretsmanager', 'UpdateSecret', input),
      )
    }
    const tags = { physicalId, after, before: before.properties }
    await writeTags(request, 'secretsmanager', TAGS, tags)
    return { physicalId, attributes }
  },

  delete: (request) =>
    ignoreMissing(async () => {
      const asked = { SecretId: request.physicalId, ForceDeleteWithoutRecovery: true }
      await request.aws('secretsmanager', 'DeleteSecret', asked)
    }),
}

/** A generated value stays until the way it is generated changes. */
function describeChange({ properties: after, before }: ResourceUpdate): Properties {
  const isNewText = changes(before.properties, after, ['SecretString', 'GenerateSecretString'])
  const isNewDescription = changes(before.properties, after, ['Description'])
  return {
    ...(isNewText && { SecretString: textOf(after) }),
    ...(isNewDescription && { Description: after['Description'] ?? '' }),
  }
}

function textOf({ SecretString: text, GenerateSecretString: options }: Properties): unknown {
  return text ?? (options === undefined ? undefined : generateSecretText(options as Properties))
}

/** What CreateSecret takes as it stands. */
function ownProperties({
  GenerateSecretString: _generate,
  KmsKeyId: _key,
  ReplicaRegions: _replicas,
  Type: _type,
  ...properties
}: Properties): Properties {
  return properties
}

/** What an earlier try has made: its ARN ends in letters that nobody can guess. */
async function findSecret(
  { aws, logicalId, stackId }: ResourceContext,
  { Name }: Output,
): Promise<string | undefined> {
  try {
    const found = await aws<Described>('secretsmanager', 'DescribeSecret', { SecretId: Name })
    const tags = new Map(found.Tags?.map(({ Key, Value }) => [Key, Value]))
    const isOfStack = tags.get('aws:cloudformation:stack-id') === stackId
    return isOfStack && tags.get('aws:cloudformation:logical-id') === logicalId
      ? found.ARN
      : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

interface Described {
  readonly ARN: string
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
}
