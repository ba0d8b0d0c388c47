// Fills the cache that the tests take their Python packages from, so that none of them waits for it.
import { announceSkip } from './announce-skip.ts'
import { pythonEnvironment, REQUIREMENT_SETS } from './python-environment.ts'

const sets = await Promise.all(
  REQUIREMENT_SETS.map(async (set) => ({ set, environment: await pythonEnvironment(set) })),
)
for (const { set, environment } of sets) {
  if (typeof environment === 'string') announceSkip(`the ${set} Python clients`, environment)
}
