// What a host acknowledged is there after kill -9, and nothing is half there.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, test, type ExpectStatic } from 'vitest'
import { openDatabase } from '../../src/store/open-database.ts'
import { announceSkip } from '../support/announce-skip.ts'
import { killInMidWrite } from '../support/kill-in-mid-write.ts'
import { startPostgres } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const WRITER = fileURLToPath(new URL('../fixtures/store-writer.ts', import.meta.url))
const RESOURCES = 500
const MAX_WRITES_BEFORE_KILL = 80

const server = await startPostgres()
if (typeof server === 'string') announceSkip('killing a host on PostgreSQL', server)
afterAll(async () => {
  if (typeof server !== 'string') await server[Symbol.asyncDispose]()
})

describe('500 resources, with the host killed in mid-write again and again', () => {
  test('in a file', async ({ expect }) => {
    await using folder = await temporaryFolder()
    await crashUntilDone(join(folder.path, 'catamaran.db'), expect)
  })

  test.skipIf(typeof server === 'string')('in PostgreSQL', async ({ expect }) => {
    if (typeof server !== 'string') await crashUntilDone(server.url({ schema: 'crash' }), expect)
  })
})

async function crashUntilDone(location: string, expect: ExpectStatic): Promise<void> {
  let next = 0
  while (next < RESOURCES) {
    const child = spawn(process.execPath, [WRITER, location, String(next)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const count = 1 + Math.floor(Math.random() * MAX_WRITES_BEFORE_KILL)
    const { acknowledged, failure } = await killInMidWrite(child, count)
    expect(failure).toBeUndefined()
    next = await expectWhole(location, Math.max(...acknowledged), expect)
  }
}

/** Returns the number of resources, which are whole, in order, and all that was acknowledged. */
async function expectWhole(
  location: string,
  lastAcknowledged: number,
  expect: ExpectStatic,
): Promise<number> {
  await using store = await openDatabase(location) // a killed host blocks nobody
  const turnsOf = async (kind: string) =>
    (await store.list<{ turn: number }>(kind)).map(({ turn }) => turn)
  const turns = await turnsOf('gateway')
  expect(turns).toEqual(turns.map((_, turn) => turn))
  expect(await turnsOf('target')).toEqual(turns)
  expect(await turnsOf('workload-identity')).toEqual(turns)
  expect(await turnsOf('counter')).toEqual([turns.length - 1])
  // The one write that was under way may have been committed and not yet said.
  expect([lastAcknowledged + 1, lastAcknowledged + 2]).toContain(turns.length)
  return turns.length
}
