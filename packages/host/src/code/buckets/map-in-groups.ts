/** So many files are open at once at most: a process has a thousand or so for everything. */
const GROUP = 64

/** What `work` makes of each item, in their order, a group after the other. */
export async function mapInGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += GROUP) {
    results.push(...(await Promise.all(items.slice(at, at + GROUP).map(work))))
  }
  return results
}
