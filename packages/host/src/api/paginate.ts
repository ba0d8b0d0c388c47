// One page of a list. The order is that of the keys and a page starts after a key, so that what is
// created or deleted between two pages neither repeats nor hides anything else. Here the token is the
// last key; on the wire it is opaque and belongs to its list (page-token.ts).

export interface PageOptions<Item> {
  /** As the caller asked; the model has checked it. */
  readonly maxResults: number | undefined
  readonly nextToken: string | undefined
  /** The size of a page unless the caller asked for less. */
  readonly limit: number
  /** Different for every item, and never changing: an id or a name. */
  readonly keyOf: (item: Item) => string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Undefined on the last page. */
  readonly nextToken: string | undefined
}

export function paginate<Item>(
  all: Iterable<Item>,
  { maxResults, nextToken, limit, keyOf }: PageOptions<Item>,
): Page<Item> {
  const size = Math.max(1, Math.min(maxResults ?? limit, limit))
  const rest = Array.from(all, (item) => ({ key: keyOf(item), item }))
    .filter(({ key }) => nextToken === undefined || key > nextToken)
    .sort((left, right) => (left.key < right.key ? -1 : 1))
  const page = rest.slice(0, size)
  return {
    items: page.map(({ item }) => item),
    nextToken: rest.length > size ? page.at(-1)?.key : undefined,
  }
}
