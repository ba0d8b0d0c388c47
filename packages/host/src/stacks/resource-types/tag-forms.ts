// Tags are a list of Key and Value in some types and a map in others, and not as the API has them.
import type { Shape } from '../../aws/service-model.ts'
import type { Properties } from './properties.ts'

export type Tags = Readonly<Record<string, unknown>>

export function isTagList({ element }: Shape): boolean {
  return element?.members.size === 2 && element.members.has('Key') && element.members.has('Value')
}

export function listTags(tags: Tags): readonly object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** The tags of a list as a map; undefined when it is none of tags. */
export function mapTags(items: readonly unknown[]): Tags | undefined {
  const isTag = (item: unknown): item is Properties & { readonly Key: string } =>
    typeof item === 'object' && item !== null && 'Key' in item && typeof item.Key === 'string'
  if (!items.every(isTag)) return undefined
  return Object.fromEntries(items.map((it) => [it.Key, it['Value'] ?? '']))
}
