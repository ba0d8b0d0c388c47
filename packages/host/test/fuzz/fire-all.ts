import { judge } from './judge.ts'
import { createRandom, type Random } from './random.ts'
import { createRawConnection } from './raw-connection.ts'
import type { RequestKind } from './request-kind.ts'
import type { World } from './world.ts'

export interface FireOptions {
  readonly seed: number
  readonly count: number
  /** Fire this one request only: the number a failure names. */
  readonly only?: number | undefined
  readonly connections: number
  readonly answerLimitMs: number
}

export interface FireReport {
  readonly fired: number
  /** How many requests of each kind were fired. */
  readonly kinds: ReadonlyMap<string, number>
  /** One line per kind that was answered wrongly: how often, and the first of its wrong answers. */
  readonly problems: readonly string[]
}

/** Fires `count` generated requests over a few connections at a time and judges every answer. */
export async function fireAll(
  kinds: readonly RequestKind[],
  world: World,
  { seed, count, only, connections, answerLimitMs }: FireOptions,
): Promise<FireReport> {
  const fired = new Map<string, number>()
  const wrong = new Map<string, string[]>()
  let next = only ?? 0
  const end = only === undefined ? count : only + 1

  async function work(): Promise<void> {
    const connection = createRawConnection(world.port, answerLimitMs)
    while (next < end) {
      const number = next++
      const random = createRandom(Math.imul(seed, 1_000_003) + number)
      const kind = kinds[number] ?? draw(kinds, random)
      const shot = await kind.make(random, world)
      const problem = judge(kind, shot, await connection.fire(shot))
      fired.set(kind.name, (fired.get(kind.name) ?? 0) + 1)
      if (problem === undefined) continue
      wrong.set(kind.name, [...(wrong.get(kind.name) ?? []), `#${number} ${problem}`])
    }
    connection.close()
  }

  await Promise.all(Array.from({ length: connections }, work))
  return {
    fired: [...fired.values()].reduce((sum, times) => sum + times, 0),
    kinds: fired,
    problems: [...wrong].map(([kind, all]) => `${kind}, ${all.length} times: ${all[0] ?? ''}`),
  }
}

function draw(kinds: readonly RequestKind[], random: Random): RequestKind {
  const weights = kinds.map(({ weight = 10 }) => weight)
  let at = random.int(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  )
  const index = weights.findIndex((weight) => (at -= weight) <= 0)
  return kinds[index] ?? draw(kinds, random)
}
