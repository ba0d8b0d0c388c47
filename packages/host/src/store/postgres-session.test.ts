// What only a database behind a network can do to a host.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, test } from 'vitest'
import { announceSkip } from '../../test/support/announce-skip.ts'
import { startCuttableConnection } from '../../test/support/cuttable-connection.ts'
import { startPostgres } from '../../test/support/postgres-server.ts'
import type { Log } from '../kernel/log.ts'
import { MIGRATIONS } from './migrations.ts'
import { openDatabase } from './open-database.ts'
import { prepareSchema } from './postgres-schema.ts'

const started = await startPostgres()
if (typeof started === 'string') announceSkip('the connection to PostgreSQL', started)
afterAll(async () => {
  if (typeof started !== 'string') await started[Symbol.asyncDispose]()
})

const newSchema = () => `test_${randomBytes(6).toString('hex')}`

function postgres() {
  if (typeof started === 'string') throw new Error(started)
  return started
}

describe.skipIf(typeof started === 'string')('a store on PostgreSQL', () => {
  test('goes on after the server was restarted, also what was asked for meanwhile', async ({
    expect,
  }) => {
    const server = postgres()
    await using store = await openDatabase(server.url({ schema: newSchema() }))
    await store.put('k', 'a', { turn: 1 })
    await server.stop()
    const waiting = [store.put('k', 'b', { turn: 2 }), store.get('k', 'a')]
    await server.start()
    expect(await Promise.all(waiting)).toEqual([undefined, { turn: 1 }])
    expect(await store.list('k')).toEqual([{ turn: 1 }, { turn: 2 }])
  })

  test('does a change once, also when the answer to its commit is lost', async ({ expect }) => {
    const server = postgres()
    await using line = await startCuttableConnection(server.port)
    await using store = await openDatabase(server.url({ schema: newSchema(), port: line.port }))
    let cut = line.cutAfter('COMMIT')
    expect(await store.putIfAbsent('k', 'a', { turn: 1 })).toBe(true)
    await cut
    cut = line.cutAfter('COMMIT')
    expect(await store.delete('k', 'a')).toBe(true)
    await cut
    cut = line.cutAfter('INSERT')
    expect(await store.putIfAbsent('k', 'b', { turn: 2 })).toBe(true)
    await cut
    expect(await store.list('k')).toEqual([{ turn: 2 }])
  })

  test('refuses once another host has used the database in its absence', async ({ expect }) => {
    const server = postgres()
    const schema = newSchema()
    const lines: string[] = []
    await using line = await startCuttableConnection(server.port)
    await using store = await openDatabase(server.url({ schema, port: line.port }), {
      log: logTo(lines),
    })
    await store.put('k', 'a', { turn: 1 })
    line.cut({ refusing: true })
    {
      await using other = await openDatabase(server.url({ schema }))
      await other.put('k', 'a', { turn: 2 })
    }
    line.cut()
    const refusal = { code: 'ERR_CONFLICT', message: expect.stringContaining('restart this host') }
    await expect(store.put('k', 'a', { turn: 3 })).rejects.toMatchObject(refusal)
    await expect(store.get('k', 'a')).rejects.toMatchObject(refusal)
    expect(lines.join('\n')).toContain('lost the store')
    expect(lines.join('\n')).toContain('restart this host')
  })

  test('never tells its password', async ({ expect }) => {
    const server = postgres()
    const password = 'not-the-password'
    const lines: string[] = []
    const wrong = server.url().replace(encodeURIComponent(server.password), password)
    const locations = [
      wrong,
      wrong.replace('127.0.0.1', '127.0.0.1:99999'),
      wrong.replace(/:\d+\/postgres/, ':1/postgres'),
      wrong.replace('/postgres', '/nowhere'),
      `postgres://127.0.0.1:${server.port}/postgres?user=catamaran&password=${password}`,
      `${wrong}?schema=Not%20a%20name`,
    ]
    const failures = await Promise.all(
      locations.map((location) =>
        openDatabase(location, { log: logTo(lines) }).then(
          () => 'opened',
          (error: unknown) => [describeDeeply(error)],
        ),
      ),
    )
    expect(failures.flat()).toHaveLength(locations.length)
    expect(failures).not.toContain('opened')
    expect(failures.join('\n') + lines.join('\n')).not.toContain(password)
    expect(failures[0]?.[0]).toContain('password authentication failed')
  })

  test('brings an older schema forward and keeps its rows beside it', async ({ expect }) => {
    const server = postgres()
    const schema = newSchema()
    const location = { schema, description: 'the test' }
    const client = new pg.Client(server.url())
    await client.connect()
    try {
      await client.query(`SET search_path TO ${schema}`)
      expect(await prepareSchema(client, location, MIGRATIONS.slice(0, 1))).toBe(1)
      await client.query(`INSERT INTO item (kind, id, value) VALUES ('k', 'a', '{"turn":1}')`)

      const broken = [...MIGRATIONS, { sqlite: '', postgres: 'DELETE FROM item; SELECT nonsense' }]
      await expect(prepareSchema(client, location, broken)).rejects.toThrow(/nonsense/)
      expect(await tablesOf(client, schema)).toEqual(['item', 'store_state'])
      {
        await using store = await openDatabase(server.url({ schema }))
        expect(await store.list('k')).toEqual([{ turn: 1 }])
      }
      const backup = (await tablesOf(client, schema)).find((name) => name.startsWith('item_v1_'))
      expect((await client.query(`SELECT value FROM ${backup}`)).rows).toEqual([
        { value: '{"turn":1}' },
      ])
      await client.query('UPDATE store_state SET version = 99')
      await expect(openDatabase(server.url({ schema }))).rejects.toMatchObject({
        code: 'ERR_CONFLICT',
        message: expect.stringContaining('written by another version of Catamaran'),
      })
    } finally {
      await client.end()
    }
  })
})

async function tablesOf(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    [schema],
  )
  return rows.map(({ name }) => name)
}

function logTo(lines: string[]): Log {
  const record = (message: string, fields?: object) =>
    void lines.push(`${message} ${JSON.stringify(fields)}`)
  return { info: record, warn: record, error: record }
}

/** All that an error shows of itself when somebody prints it, with its causes. */
function describeDeeply(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const fields = JSON.stringify(Object.entries(error))
  return `${error.stack} ${fields} ${error.cause === undefined ? '' : describeDeeply(error.cause)}`
}
