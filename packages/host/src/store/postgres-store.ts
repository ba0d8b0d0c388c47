// The rows in PostgreSQL: the same table, the same order, the same answers as the embedded engine.
//
// What differs, and stays so:
// - A kind or an id with a NUL character is refused by the server.
// - When the connection is lost while a change is committed, and does not come back in time, the change
//   is rejected although it may be stored. Otherwise the server is asked what became of it.
import type { Client } from 'pg'
import type { Log } from '../kernel/log.ts'
import { textOf, textsOf, type TextChange } from './change-text.ts'
import { readPostgresLocation } from './database-location.ts'
import { startPostgresSession, type PostgresSession } from './postgres-session.ts'
import { settleChanges } from './settle-changes.ts'
import type { Store } from './store.ts'

/** Opens a PostgreSQL database for this host alone. */
export async function openPostgresStore(location: string, log: Log): Promise<Store> {
  const session = await startPostgresSession(readPostgresLocation(location), log)
  return {
    async get(kind, id) {
      const { rows } = await session.run((client) => client.query<Row>(SELECT, [kind, id]))
      return rows[0] && JSON.parse(rows[0].value)
    },
    put: async (kind, id, value) => write(session, [{ kind, id, text: textOf(value) }]),
    async putIfAbsent(kind, id, value) {
      const row = [kind, id, textOf(value)]
      return commit(session, async (client) => (await client.query(INSERT_NEW, row)).rowCount === 1)
    },
    delete: (kind, id) =>
      commit(
        session,
        async (client) => (await client.query(DELETE, [[kind], [id]])).rowCount === 1,
      ),
    async list(kind) {
      const { rows } = await session.run((client) => client.query<Row>(SELECT_KIND, [kind]))
      return rows.map(({ value }) => JSON.parse(value))
    },
    write: async (changes) => write(session, textsOf(changes)),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  } satisfies Store
}

interface Row {
  readonly value: string
}

const SELECT = 'SELECT value FROM item WHERE kind = $1 AND id = $2'
const SELECT_KIND = 'SELECT value FROM item WHERE kind = $1 ORDER BY position'
const INSERT_NEW = 'INSERT INTO item (kind, id, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
/** Positions are counted in the order of the array. */
const UPSERT = `
  INSERT INTO item (kind, id, value)
  SELECT kind, id, value
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS row (kind, id, value, turn)
  ORDER BY turn
  ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value`
const DELETE = `
  DELETE FROM item USING unnest($1::text[], $2::text[]) AS gone (kind, id)
  WHERE item.kind = gone.kind AND item.id = gone.id`

async function write(session: PostgresSession, changes: readonly TextChange[]): Promise<void> {
  const { removed, kept } = settleChanges(changes)
  await commit(session, async (client) => {
    if (removed.length > 0) {
      await client.query(DELETE, [removed.map(({ kind }) => kind), removed.map(({ id }) => id)])
    }
    if (kept.length > 0) {
      const columns = [kept.map(({ kind }) => kind), kept.map(({ id }) => id)]
      await client.query(UPSERT, [...columns, kept.map(({ text }) => text)])
    }
  })
}

/** Does the change once, also when the connection is lost between its commit and the answer. */
async function commit<T>(
  session: PostgresSession,
  change: (client: Client) => Promise<T>,
): Promise<T> {
  let doubtful: { readonly transaction: string; readonly result: T } | undefined
  return session.run(async (client) => {
    if (doubtful !== undefined && (await isCommitted(client, doubtful.transaction))) {
      return doubtful.result
    }
    await client.query('BEGIN')
    try {
      const result = await change(client)
      const { rows } = await client.query<{ id: string }>('SELECT txid_current()::text AS id')
      doubtful = rows[0] && { transaction: rows[0].id, result }
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {}) // the connection may be what failed
      throw error
    }
  })
}

async function isCommitted(client: Client, transaction: string): Promise<boolean> {
  const { rows } = await client.query('SELECT txid_status($1) AS status', [transaction])
  return rows[0]?.status === 'committed'
}
