// Ten thousand requests that are wrong in a known way, over real sockets, to every door of a running
// host. `FUZZ_SEED=n` makes others; `FUZZ_ONLY=n` repeats the one a failure names.
import { GREET, startUp, type UpHost } from '../support/up.ts'
import { verifies } from '../support/verifies.ts'
import { fireAll } from './fire-all.ts'
import { allKinds } from './kinds/all-kinds.ts'
import { exploreWorld } from './world.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_251_118)
const ONLY = process.env['FUZZ_ONLY'] === undefined ? undefined : Number(process.env['FUZZ_ONLY'])
const COUNT = 10_000

verifies(
  'bad-input:ten-thousand',
  async ({ expect }) => {
    await using host = await startUp(GREET)
    const world = await exploreWorld(host)
    const options = { seed: SEED, count: COUNT, only: ONLY, connections: 16, answerLimitMs: 20_000 }
    const { fired, kinds, problems } = await fireAll(allKinds, world, options)

    expect(problems, `seed ${SEED}`).toEqual([])
    if (ONLY === undefined) expect([fired, kinds.size]).toEqual([COUNT, allKinds.length])

    // The same process still serves the next caller.
    const good = allKinds.filter(({ name }) => name.endsWith('a good call'))
    const after = await fireAll(good, await exploreWorld(host), {
      ...options,
      only: undefined,
      count: 10,
    })
    expect(after.problems).toEqual([])
    expect(host.hasExited()).toBe(false)
    expect(await unexpectedErrors(host)).toEqual([])
  },
  { timeout: 120_000 },
)

/** What the host itself did not foresee: it answers 500 and logs the cause. */
async function unexpectedErrors(host: UpHost): Promise<string[]> {
  const lines = (await host.log()).split('\n')
  return lines.filter((line) => line.includes('"Unexpected error"')).slice(0, 5)
}
