// Invoke with the types Event and DryRun.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { until } from '../../support/function-world.ts'
import { create, invoke, startWorld } from '../../support/lambda-functions.ts'

test('Event runs later and tries again, DryRun runs nothing', async ({ expect }) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  const file = join(dataDir, 'ran')
  const source = `import { appendFileSync } from 'node:fs'
  export const handler = async (event, { awsRequestId }) => {
    appendFileSync(${JSON.stringify(file)}, JSON.stringify([event, awsRequestId]) + '\\n')
    if (event.fail) throw new Error('again')
  }`
  await create(client, { source })
  const dry = await invoke(client, {}, { InvocationType: 'DryRun' })
  expect(dry).toMatchObject({ StatusCode: 204, payload: undefined })
  const event = await invoke(client, { fail: true }, { InvocationType: 'Event' })
  expect(event).toMatchObject({ StatusCode: 202, payload: undefined })
  const lines = await until(async () => {
    const text = await readFile(file, 'utf8').catch(() => '')
    const found = text.trim().split('\n')
    return found.length >= 3 ? found : undefined
  })
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
    Array.from({ length: 3 }, () => [{ fail: true }, event.$metadata.requestId]),
  )
  await until(() => world.logged.find((line) => line.includes('Asynchronous invocation given up')))
})
