import type { ResourceContext, ResourceState, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import type { Output } from './output.ts'
import { ignoreMissing } from './refusals.ts'
import { changes } from './changes.ts'
import { checkInput } from './check-input.ts'
import { createOnce } from './create-once.ts'
import type { Gaps } from './gaps.ts'
import { inputOf, readInput } from './operation-input.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'
import { reportIgnored } from './report-ignored.ts'
import { allTags, writeTags, type TagRow } from './write-tags.ts'

/** Kept with the stack; nobody but its account reaches a repository, and images do not grow old here. */
export const REPOSITORY_GAPS = {
  ignored: {
    LifecyclePolicy: 'images do not expire',
    RepositoryPolicyText: 'a repository is its own account’s',
  },
} satisfies Gaps

/** ECR's operations that change them are not served. */
const SETTINGS = [
  'ImageScanningConfiguration',
  'ImageTagMutability',
  'ImageTagMutabilityExclusionFilters',
]
const PROPERTIES = [...SETTINGS, 'EncryptionConfiguration', 'RepositoryName', 'Tags']

const NAME = { maxLength: 256, isLowerCase: true }

const TAGS: TagRow = {
  property: 'Tags',
  namesStack: true,
  write: {
    tag: 'TagResource',
    untag: 'UntagResource',
    identify: (name, { scope: { region, accountId } }) => ({
      resourceArn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
    }),
    member: 'tags',
    keysMember: 'tagKeys',
  },
}

/** AWS::ECR::Repository (CloudFormation's resource schema). */
export const ecrRepository: ResourceType = {
  type: 'AWS::ECR::Repository',
  properties: [...PROPERTIES, 'EmptyOnDelete', ...Object.keys(REPOSITORY_GAPS.ignored)],
  required: [],
  takesTags: true,
  check(given) {
    const shape = inputOf('ecr', 'CreateRepository')
    return checkInput(
      shape,
      readProperties(shape, ownProperties({ RepositoryName: 'name', ...given })),
    )
  },
  needsReplacement: (before, after) =>
    changes(before, after, ['EncryptionConfiguration', 'RepositoryName']),

  async create(request) {
    const { properties: given } = request
    reportIgnored(request, given, REPOSITORY_GAPS)
    const input = readInput('ecr', 'CreateRepository', {
      ...ownProperties(given),
      RepositoryName: given['RepositoryName'] ?? request.generateName(NAME),
      Tags: allTags(request, TAGS, given['Tags']),
    })
    const name = asText(input['repositoryName'])
    const { physicalId } = await createOnce(request, {
      create: () => request.aws('ecr', 'CreateRepository', input),
      idOf: () => name,
      expectedId: name,
    })
    return describe(request, physicalId)
  },

  async update(request) {
    const { properties: after, before } = request
    const { physicalId } = before
    if (changes(before.properties, after, SETTINGS)) {
      request.report(`${SETTINGS.join(', ')} stay as they were when this was created`)
    }
    await writeTags(request, 'ecr', TAGS, { physicalId, after, before: before.properties })
    return describe(request, physicalId)
  },

  delete: (request) =>
    ignoreMissing(async () => {
      const force = asText(request.properties['EmptyOnDelete']) === 'true'
      const asked = { repositoryName: request.physicalId, force }
      await request.aws('ecr', 'DeleteRepository', asked)
    }),
}

function ownProperties(given: Properties): Properties {
  return Object.fromEntries(Object.entries(given).filter(([name]) => PROPERTIES.includes(name)))
}

async function describe(context: ResourceContext, name: string): Promise<ResourceState> {
  const asked = { repositoryNames: [name] }
  const found = await context.aws('ecr', 'DescribeRepositories', asked)
  const [repository] = found['repositories'] as readonly Output[]
  const attributes = {
    Arn: asText(repository?.['repositoryArn']),
    RepositoryUri: asText(repository?.['repositoryUri']),
  }
  return { physicalId: name, attributes }
}
