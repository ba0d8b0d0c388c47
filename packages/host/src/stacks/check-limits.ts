import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Tag } from './stacks.ts'

/** "CloudFormation quotas", user guide; those of templates are checked where templates are read. */
const MAX_TAGS = 50
const MAX_STACKS = 2_000

export function checkTags(tags: readonly Tag[]): void {
  if (tags.length > MAX_TAGS) throw refuse(`A stack has at most ${MAX_TAGS} tags`)
  const keys = new Set(tags.map(({ key }) => key))
  if (keys.size < tags.length) throw refuse('Duplicate tag keys are not allowed')
  if (tags.some(({ key }) => key.startsWith('aws:'))) {
    throw refuse('Tag keys that begin with aws: are reserved')
  }
}

/** Of an account in a Region. */
export function checkStackCount(count: number): void {
  if (count < MAX_STACKS) return
  const message = `Limit for stack has been exceeded: ${MAX_STACKS}`
  throw new AwsFault('LimitExceededException', 400, message)
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
