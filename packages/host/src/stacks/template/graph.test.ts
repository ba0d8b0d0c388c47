import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortGraph } from './graph.ts'

it('orders what can be ordered, and names the members of cycles alone', () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 })
  fc.assert(
    fc.property(edges, (pairs) => {
      const names = Array.from({ length: 10 }, (_, index) => `n${index}`)
      const graph = new Map(names.map((name) => [name, new Set<string>()]))
      for (const [from, to] of pairs) graph.get(`n${from}`)?.add(`n${to}`)
      const { order, cyclic } = sortGraph(graph)
      for (const [index, name] of order.entries()) {
        const before = new Set(order.slice(0, index))
        expect([...(graph.get(name) ?? [])].filter((need) => !before.has(need))).toEqual([])
      }
      expect(order.length === names.length).toBe(cyclic.length === 0)
      for (const name of names.filter((it) => isOnCycle(graph, it))) expect(cyclic).toContain(name)
    }),
  )
})

it('bears a chain of a hundred thousand', () => {
  const graph = new Map(
    Array.from({ length: 100_000 }, (_, index) => [`n${index}`, new Set([`n${index + 1}`])]),
  )
  expect(sortGraph(graph).order).toHaveLength(100_000)
})

function isOnCycle(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): boolean {
  const seen = new Set<string>()
  const open = [...(graph.get(start) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === start) return true
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(graph.get(name) ?? []))
  }
  return false
}
