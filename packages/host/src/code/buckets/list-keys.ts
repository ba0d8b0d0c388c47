import { walkKeys } from './walk-keys.ts'

export interface ListOptions {
  readonly prefix?: string | undefined
  readonly delimiter?: string | undefined
  /** Where the page before ended: a key, or a prefix whose keys were rolled up. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface KeyPage {
  /** Keys, and prefixes that stand for all keys that begin with them; in one order. */
  readonly entries: readonly KeyEntry[]
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined
}

export type KeyEntry =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'prefix'; readonly prefix: string }

/** One page of the keys in a folder, as ListObjectsV2 pages and rolls up. */
export async function listKeys(
  home: string,
  { prefix = '', delimiter = '', after = '', limit }: ListOptions,
): Promise<KeyPage> {
  const entries: KeyEntry[] = []
  if (limit === 0) return { entries, next: undefined }
  const rollUp = (key: string): string | undefined => {
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    return at === -1 ? undefined : key.slice(0, at + delimiter.length)
  }
  const isRolledUp = after.length > prefix.length && rollUp(after) === after
  let skipped = isRolledUp ? after : undefined
  let last = ''
  for await (const key of walkKeys(home, { prefix, after, skipped: () => skipped })) {
    if (entries.length === limit) return { entries, next: last }
    const common = rollUp(key)
    skipped = common
    last = common ?? key
    entries.push(common === undefined ? { kind: 'key', key } : { kind: 'prefix', prefix: common })
  }
  return { entries, next: undefined }
}
