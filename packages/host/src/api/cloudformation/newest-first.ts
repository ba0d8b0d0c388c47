// Pages of lists that are newest first. They grow at the front, so a page goes on behind the item it
// ended with, whatever has come since.
import { HostError } from '../../kernel/host-error.ts'

/** CloudFormation says "up to 1 MB"; in practice its pages have a hundred items. */
export const PAGE = 100

export function pageNewestFirst<Item>(
  all: readonly Item[],
  nextToken: string | undefined,
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const last = nextToken === undefined ? -1 : all.findIndex((item) => keyOf(item) === nextToken)
  if (nextToken !== undefined && last === -1) {
    throw new HostError('ERR_INVALID_INPUT', 'What the NextToken pointed at is gone; list again.')
  }
  const items = all.slice(last + 1, last + 1 + PAGE)
  const lastItem = items.at(-1)
  const hasMore = last + 1 + items.length < all.length
  return { items, nextToken: hasMore && lastItem ? keyOf(lastItem) : undefined }
}
