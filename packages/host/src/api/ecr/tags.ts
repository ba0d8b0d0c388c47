import type { Repositories } from '../../stacks/repositories.ts'
import type { Handlers } from '../operation.ts'
import type { EcrOperations, Tag } from './shapes.ts'

export function tagOperations(repositories: Repositories): Handlers<EcrOperations> {
  return {
    async TagResource({ resourceArn, tags }, { scope }) {
      await repositories.changeTags(repositories.getByArn(scope, resourceArn), readTags(tags))
      return {}
    },
    async UntagResource({ resourceArn, tagKeys }, { scope }) {
      const removed = Object.fromEntries(tagKeys.map((key) => [key, undefined]))
      await repositories.changeTags(repositories.getByArn(scope, resourceArn), removed)
      return {}
    },
    ListTagsForResource({ resourceArn }, { scope }) {
      const { tags } = repositories.getByArn(scope, resourceArn)
      return { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
    },
  }
}

export function readTags(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}
