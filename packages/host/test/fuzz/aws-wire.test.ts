// Twenty thousand generated requests to every operation of every service model, over real sockets,
// against handlers that answer whatever the model allows. `FUZZ_SEED=n` makes others, `FUZZ_ONLY=n`
// repeats the one a failure names.
import { test } from 'vitest'
import { createService, type Service } from '../../src/api/create-service.ts'
import { loadServiceModel } from '../../src/aws/service-model.ts'
import { startAwsApi } from '../support/aws-api.ts'
import { OPERATIONS, SERVICES } from './aws-requests.ts'
import { awsValue } from './aws-values.ts'
import { fireAwsRequests } from './fire-aws.ts'
import { createRandom } from './random.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122)
const ONLY = process.env['FUZZ_ONLY'] === undefined ? undefined : Number(process.env['FUZZ_ONLY'])
const COUNT = 20_000

test('no request to any operation is our failure', { timeout: 180_000 }, async ({ expect }) => {
  await using api = await startAwsApi({ mode: 'well-formed', services: SERVICES.map(anyService) })
  const options = { baseUrl: api.endpoint, seed: SEED, count: COUNT, only: ONLY }
  const { fired, operations, statuses, problems } = await fireAwsRequests(options)

  expect(problems.slice(0, 10), `seed ${SEED}`).toEqual([])
  expect(api.unexpected).toEqual([])
  if (ONLY !== undefined) return
  expect([fired, operations.size]).toEqual([COUNT, OPERATIONS.length])
  // requests that are as the model wants them get through to their handlers
  expect(statuses.get(200) ?? 0).toBeGreaterThan(COUNT / 10)
})

/** Every operation of a model, each answered with some output of its own. */
function anyService(name: (typeof SERVICES)[number]): Service {
  const { operations, signingName } = loadServiceModel(name)
  const random = createRandom(SEED)
  const handlers = [...operations.values()].map(({ name: operation, output }) => [
    operation,
    () => (output && !output.payload ? awsOutput(output, random) : {}),
  ])
  return createService({ model: name, signingName, handlers: [Object.fromEntries(handlers)] })
}

/** Without what decides the status: a generated one would be out of range. */
function awsOutput(shape: Parameters<typeof awsValue>[0], random: ReturnType<typeof createRandom>) {
  const output = awsValue(shape, random) as Record<string, unknown>
  for (const { name, location } of shape.members.values()) {
    if (location === 'statusCode') delete output[name]
  }
  return output
}
