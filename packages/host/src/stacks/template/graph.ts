/** Who needs whom, by name. Names that are not keys are no part of it. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

export interface Sorted {
  /** What is needed comes first. */
  readonly order: readonly string[]
  /** What cannot be ordered: members of cycles, and what lies between two of them. */
  readonly cyclic: readonly string[]
}

/** Sorts without recursion: a chain may be as long as a template. */
export function sortGraph(graph: Graph): Sorted {
  const order = peel(graph)
  if (order.length === graph.size) return { order, cyclic: [] }
  const done = new Set(order)
  const left = new Map([...graph].filter(([name]) => !done.has(name)))
  // What only needs a cycle is no part of one.
  const needy = new Set(peel(reverse(left)))
  return { order, cyclic: [...left.keys()].filter((name) => !needy.has(name)) }
}

/** Names whose needs are met, in an order in which they are. */
function peel(graph: Graph): readonly string[] {
  const dependents = reverse(graph)
  const missing = new Map<string, number>()
  for (const [name, needs] of graph) {
    missing.set(name, [...needs].filter((need) => graph.has(need)).length)
  }
  const order = [...graph.keys()].filter((name) => missing.get(name) === 0)
  for (const name of order) {
    for (const dependent of dependents.get(name) ?? []) {
      const count = (missing.get(dependent) ?? 0) - 1
      missing.set(dependent, count)
      if (count === 0) order.push(dependent)
    }
  }
  return order
}

function reverse(graph: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const reversed = new Map<string, Set<string>>([...graph.keys()].map((name) => [name, new Set()]))
  for (const [name, needs] of graph) for (const need of needs) reversed.get(need)?.add(name)
  return reversed
}
