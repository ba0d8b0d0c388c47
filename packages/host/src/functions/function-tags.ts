import { HostError } from '../kernel/host-error.ts'
import { changeFunction, type ControlContext, type FunctionName } from './control-context.ts'
import { LAMBDA_QUOTAS } from './quotas.ts'

type Tags = Readonly<Record<string, string>>

export function tagFunction(
  context: ControlContext,
  name: FunctionName,
  added: Tags,
): Promise<void> {
  return changeFunction(context, name, async (record) => {
    const tags = { ...record.tags, ...added }
    checkTags(tags)
    return { record: { ...record, tags }, result: undefined }
  })
}

export function untagFunction(
  context: ControlContext,
  name: FunctionName,
  keys: readonly string[],
): Promise<void> {
  return changeFunction(context, name, async (record) => {
    const kept = Object.entries(record.tags).filter(([key]) => !keys.includes(key))
    return { record: { ...record, tags: Object.fromEntries(kept) }, result: undefined }
  })
}

/** "Tag restrictions" in the Lambda developer guide. */
export function checkTags(tags: Tags): void {
  const entries = Object.entries(tags)
  if (entries.length > LAMBDA_QUOTAS.maxTags) {
    throw invalid(`A function has at most ${LAMBDA_QUOTAS.maxTags} tags`)
  }
  for (const [key, value] of entries) {
    if (key === '' || key.length > 128) throw invalid('The key of a tag has 1 to 128 characters')
    if (value.length > 256) throw invalid('The value of a tag has at most 256 characters')
    if (/^aws:/i.test(key)) throw invalid('The keys of tags that begin with aws: are reserved')
  }
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
