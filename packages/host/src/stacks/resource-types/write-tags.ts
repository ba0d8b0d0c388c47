import type { CallableService, ResourceContext } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { changes } from './changes.ts'
import { readInput } from './operation-input.ts'
import type { Output } from './output.ts'
import type { Properties } from './properties.ts'
import { mapTags } from './tag-forms.ts'

/** How a type has tags. */
export interface TagRow {
  /** The property with the tags of a template. */
  readonly property: string
  /** Whether tags whose keys begin with `aws:` are accepted, as CloudFormation's own do. */
  readonly namesStack: boolean
  /** Absent: tags are given to new resources only. */
  readonly write?: TagOperations
}

/** The operations that change the tags of what there is. */
export interface TagOperations {
  readonly tag: string
  readonly untag: string
  /** Members of both. */
  identify(physicalId: string, context: ResourceContext): Output
  readonly member: string
  readonly keysMember: string
}

type Tags = Readonly<Record<string, string>>

/** A resource's tags: those that name the stack, the stack's, and the resource's own. */
export function allTags(
  { stackName, stackId, logicalId, tags }: ResourceContext,
  { namesStack }: Pick<TagRow, 'namesStack'>,
  own: unknown,
): Tags {
  return {
    ...(namesStack && {
      'aws:cloudformation:stack-name': stackName,
      'aws:cloudformation:stack-id': stackId,
      'aws:cloudformation:logical-id': logicalId,
    }),
    ...tags,
    ...readTags(own),
  }
}

/** Tags as CloudFormation has them: a list of Key and Value, or a map. */
function readTags(value: unknown): Tags {
  const tags = Array.isArray(value) ? mapTags(value) : (value as Properties | undefined)
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, it]) => [key, asText(it)]))
}

/** Sets the tags that there are now and removes those that the template had before. */
export async function writeTags(
  context: ResourceContext,
  service: CallableService,
  row: TagRow,
  { physicalId, after, before }: TagChange,
): Promise<void> {
  const { property, write } = row
  if (write === undefined) {
    const isAsked = changes(before, after, [property])
    if (isAsked) context.report(`${property} stay as they were when this was created`)
    return
  }
  const wanted = allTags(context, row, after[property])
  const gone = Object.keys(readTags(before[property])).filter((key) => !(key in wanted))
  const named = write.identify(physicalId, context)
  if (gone.length > 0) {
    await context.aws(service, write.untag, { ...named, [write.keysMember]: gone })
  }
  if (Object.keys(wanted).length > 0) {
    const input = readInput(service, write.tag, { ...named, [write.member]: wanted })
    await context.aws(service, write.tag, input)
  }
}

interface TagChange {
  readonly physicalId: string
  readonly after: Properties
  readonly before: Properties
}
