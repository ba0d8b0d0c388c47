import type { Client } from 'pg'
import { HostError } from '../kernel/host-error.ts'
import { MIGRATIONS, newerSchema, type Migration } from './migrations.ts'

/**
 * Makes the schema ready and returns the number of this opening, one more than the last one's. A
 * migration happens whole or not at all, and leaves a copy of the rows in the table
 * `item_vVERSION_TIME`; a schema newer than ours is refused and not touched.
 */
export async function prepareSchema(
  client: Client,
  { schema, description }: { readonly schema: string; readonly description: string },
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  await client.query('BEGIN')
  try {
    await createSchema(client, schema)
    const { version, openings } = await readState(client)
    if (version > migrations.length) throw newerSchema(description, 'schema')
    if (version < migrations.length) await migrate(client, version, migrations)
    await client.query('UPDATE store_state SET version = $1, openings = $2', [
      migrations.length,
      openings + 1,
    ])
    await client.query('COMMIT')
    return openings + 1
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {}) // the connection may be what failed
    throw cause
  }
}

/** How often hosts have opened this database: who sees another number than its own has been away. */
export async function countOpenings(client: Client): Promise<number> {
  return (await readState(client)).openings
}

/** A role that may use a schema need not be allowed to create one, so that is only asked when needed. */
async function createSchema(client: Client, schema: string): Promise<void> {
  const { rows } = await client.query('SELECT to_regnamespace($1) IS NOT NULL AS there', [schema])
  if (rows[0]?.there !== true) await client.query(`CREATE SCHEMA "${schema}"`)
  await client.query(
    `CREATE TABLE IF NOT EXISTS store_state (
       only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
       version integer NOT NULL,
       openings integer NOT NULL)`,
  )
  await client.query(
    'INSERT INTO store_state (version, openings) VALUES (0, 0) ON CONFLICT DO NOTHING',
  )
}

async function readState(client: Client) {
  const { rows } = await client.query<{ version: number; openings: number }>(
    'SELECT version, openings FROM store_state',
  )
  const [state] = rows
  if (state === undefined) throw new HostError('ERR_CONFLICT', 'The store has lost its state')
  return state
}

async function migrate(
  client: Client,
  version: number,
  migrations: readonly Migration[],
): Promise<void> {
  if (version > 0) {
    const time = new Date().toISOString().replaceAll(/[-:.]/g, '').toLowerCase()
    await client.query(`CREATE TABLE item_v${version}_${time} AS TABLE item`)
  }
  for (const { postgres } of migrations.slice(version)) await client.query(postgres)
}
