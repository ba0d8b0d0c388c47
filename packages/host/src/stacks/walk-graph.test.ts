import fc from 'fast-check'
import { test } from 'vitest'
import { walkGraph } from './walk-graph.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)))

const graphOf = (pairs: readonly (readonly [string, string])[]) =>
  new Map(names.map((name) => [name, new Set(pairs.filter(([a]) => a === name).map(([, b]) => b))]))

test('whatever the graph, everything is visited once, and after what it waits for', async ({
  expect,
}) => {
  await fc.assert(
    fc.asyncProperty(edges, fc.integer({ min: 1, max: 4 }), async (pairs, concurrency) => {
      const forward = pairs.filter(([a, b]) => a > b)
      const graph = graphOf(forward)
      const visited: string[] = []
      let busy = 0
      const walked = await walkGraph({
        graph,
        concurrency,
        isOver: () => false,
        async visit(name) {
          busy += 1
          expect(busy).toBeLessThanOrEqual(concurrency)
          for (const need of graph.get(name) ?? []) expect(visited).toContain(need)
          await Promise.resolve()
          visited.push(name)
          busy -= 1
          return true
        },
      })
      expect(visited.toSorted()).toEqual(names)
      expect(walked).toEqual({ failed: [], left: [] })
    }),
  )
})

test('a cycle stops nobody', async ({ expect }) => {
  await fc.assert(
    fc.asyncProperty(edges, async (pairs) => {
      const visited: string[] = []
      const visit = async (name: string) => visited.push(name) > 0
      await walkGraph({ graph: graphOf(pairs), concurrency: 2, isOver: () => false, visit })
      expect(visited.toSorted()).toEqual(names)
    }),
  )
})

test('what waits for a failure is left out, the rest is not', async ({ expect }) => {
  const walked = await walkGraph({
    graph: new Map([
      ['a', new Set<string>()],
      ['b', new Set(['a'])],
      ['c', new Set(['b'])],
      ['d', new Set<string>()],
    ]),
    concurrency: 1,
    isOver: () => false,
    visit: async (name) => name !== 'a',
  })
  expect(walked).toEqual({ failed: ['a'], left: ['b', 'c'] })
})

test('a visit that throws lets the others end, and is thrown', async ({ expect }) => {
  const ended: string[] = []
  const walk = walkGraph({
    graph: new Map([
      ['a', new Set<string>()],
      ['b', new Set<string>()],
      ['c', new Set(['b'])],
    ]),
    concurrency: 2,
    isOver: () => false,
    async visit(name) {
      if (name === 'a') throw new Error('broken')
      await new Promise((resolve) => setTimeout(resolve, 5))
      return ended.push(name) > 0
    },
  })
  await expect(walk).rejects.toThrow('broken')
  expect(ended).toEqual(['b'])
})
