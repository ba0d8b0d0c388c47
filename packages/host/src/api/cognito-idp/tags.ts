import { userPoolArn } from '../../issuer/user-pool-record.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Handlers } from '../operation.ts'
import type { CognitoContext } from './context.ts'
import type { CognitoIdpOperations } from './shapes.ts'

type TagOperations = Pick<
  CognitoIdpOperations,
  'TagResource' | 'UntagResource' | 'ListTagsForResource'
>

const MAX_TAGS = 50

/** Only pools have tags. */
export function tagOperations({ userPools }: CognitoContext): Handlers<TagOperations> {
  const findPool = (arn: string, scope: Scope) => {
    const pool = userPools.list(scope).find((record) => userPoolArn(record) === arn)
    if (pool !== undefined) return pool
    throw new HostError('ERR_NOT_FOUND', `The resource ${arn} does not exist.`)
  }
  return {
    async TagResource({ ResourceArn, Tags }, { scope }) {
      const { poolId, tags } = findPool(ResourceArn, scope)
      const merged = { ...tags, ...Tags }
      if (Object.keys(merged).length > MAX_TAGS) {
        throw new HostError('ERR_INVALID_INPUT', `A resource has at most ${MAX_TAGS} tags`)
      }
      await userPools.writeTags(poolId, merged)
      return {}
    },
    async UntagResource({ ResourceArn, TagKeys }, { scope }) {
      const { poolId, tags } = findPool(ResourceArn, scope)
      const rest = Object.entries(tags).filter(([key]) => !TagKeys.includes(key))
      await userPools.writeTags(poolId, Object.fromEntries(rest))
      return {}
    },
    ListTagsForResource({ ResourceArn }, { scope }) {
      return { Tags: findPool(ResourceArn, scope).tags }
    },
  }
}
