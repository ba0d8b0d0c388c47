// Tags of whatever carries them (bedrock-agentcore-control, TagResource and its siblings). A feature
// answers for its own resources; an ARN that names none of anybody's is not found.
import { parseArn } from '../../aws/arn.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { AwsCall, Handlers } from '../operation.ts'
import type { TaggedResources } from '../tagged-resources.ts'
import type { BedrockAgentcoreControlOperations } from './shapes.ts'

/** What one resource may carry (AWS General Reference, tagging). */
const MAX_TAGS = 50

type TagOperations = Pick<
  BedrockAgentcoreControlOperations,
  'ListTagsForResource' | 'TagResource' | 'UntagResource'
>

export function tagOperations(resources: readonly TaggedResources[]): Handlers<TagOperations> {
  return {
    ListTagsForResource({ resourceArn }, call) {
      const owner = findOwner(resources, resourceArn, call)
      return { tags: owner.readTags(resourceArn) }
    },

    async TagResource({ resourceArn, tags }, call) {
      const owner = findOwner(resources, resourceArn, call)
      const all = { ...owner.readTags(resourceArn), ...tags }
      if (Object.keys(all).length > MAX_TAGS) {
        throw new HostError('ERR_LIMIT_EXCEEDED', `A resource carries at most ${MAX_TAGS} tags`)
      }
      await owner.writeTags(resourceArn, all)
      return {}
    },

    async UntagResource({ resourceArn, tagKeys }, call) {
      const owner = findOwner(resources, resourceArn, call)
      const kept = Object.entries(owner.readTags(resourceArn)).filter(
        ([key]) => !tagKeys.includes(key),
      )
      await owner.writeTags(resourceArn, Object.fromEntries(kept))
      return {}
    },
  }
}

/** The feature whose resource it is; resources of other accounts and Regions are none of ours. */
export function findOwner<Resources extends { hasResource(arn: string): boolean }>(
  features: readonly Resources[],
  arn: string,
  { scope }: AwsCall,
): Resources {
  const parsed = parseArn(arn)
  if (parsed === undefined) throw new HostError('ERR_INVALID_INPUT', 'resourceArn is not an ARN')
  if (parsed.accountId !== scope.accountId) {
    throw new HostError('ERR_FORBIDDEN', `${arn} belongs to another account`)
  }
  const isHere = parsed.region === scope.region
  const owner = isHere ? features.find((feature) => feature.hasResource(arn)) : undefined
  if (owner !== undefined) return owner
  throw new HostError('ERR_NOT_FOUND', `No resource ${arn}`)
}
