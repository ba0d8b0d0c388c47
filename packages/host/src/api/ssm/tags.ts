import { AwsFault } from '../../aws/aws-fault.ts'
import type { SsmParameters } from '../../stacks/ssm-parameters/ssm-parameters.ts'
import type { Handlers } from '../operation.ts'
import type { SsmOperations, Tag } from './shapes.ts'

export function tagOperations(parameters: SsmParameters): Handlers<SsmOperations> {
  return {
    async AddTagsToResource({ ResourceType, ResourceId, Tags }, { scope }) {
      refuseOtherResources(ResourceType)
      await parameters.changeTags(scope, ResourceId, readTags(Tags))
      return {}
    },
    async RemoveTagsFromResource({ ResourceType, ResourceId, TagKeys }, { scope }) {
      refuseOtherResources(ResourceType)
      const removed = Object.fromEntries(TagKeys.map((key) => [key, undefined]))
      await parameters.changeTags(scope, ResourceId, removed)
      return {}
    },
    ListTagsForResource({ ResourceType, ResourceId }, { scope }) {
      refuseOtherResources(ResourceType)
      const tags = Object.entries(parameters.tags(scope, ResourceId))
      return { TagList: tags.map(([Key, Value]) => ({ Key, Value })) }
    },
  }
}

export function readTags(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

function refuseOtherResources(type: string): void {
  if (type === 'Parameter') return
  throw new AwsFault(
    'InvalidResourceType',
    400,
    `${type} is no resource of this host: the only ResourceType is Parameter.`,
  )
}
