// One host at a time uses a schema. The lock is an advisory one of the session: the server takes it away
// with the connection, so that a host that was killed, or whose machine is gone, leaves nothing behind.
import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { HostError } from '../kernel/host-error.ts'
import type { PostgresLocation } from './database-location.ts'

const RETRY_MS = 100
/** Advisory locks are per database; this half of the key says that it is a host's. */
const LOCK_CLASS = 0x43_41_54_41
/** The server cuts longer ones off. */
const MAX_NAME_LENGTH = 63

/**
 * What the server and other hosts know a connection by. The random part tells this host's former
 * connections from those of others.
 */
export function connectionName(): string {
  const random = randomBytes(4).toString('hex')
  return `catamaran ${process.pid} ${random} ${hostname()}`.slice(0, MAX_NAME_LENGTH)
}

/** Takes the lock for a connection of this name, until the deadline. */
export async function lockSchema(
  client: Client,
  { schema, description }: PostgresLocation,
  { name, deadline }: { readonly name: string; readonly deadline: number },
): Promise<void> {
  const key = [LOCK_CLASS, createHash('sha256').update(schema).digest().readUInt32BE() >>> 1]
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', key)
    if (rows[0]?.taken === true) return
    const [holder] = (await client.query<Holder>(HOLDER, key)).rows
    if (holder?.name === name) {
      // The server has not noticed yet that our former connection is gone.
      await client.query('SELECT pg_terminate_backend($1)', [holder.pid])
    }
    if (performance.now() > deadline) throw inUse(description, holder)
    await delay(RETRY_MS)
  }
}

interface Holder {
  readonly pid: number
  readonly name: string
}

const HOLDER = `
  SELECT pid, application_name AS name
  FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND granted
    AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = $1::integer::oid AND objid = $2::integer::oid AND objsubid = 2`

function inUse(description: string, holder: Holder | undefined): HostError {
  const [, pid, machine] = /^catamaran (\d+) \w+ (.*)$/.exec(holder?.name ?? '') ?? []
  const who = pid === undefined ? '' : `, process ${pid} on ${machine}`
  return new HostError(
    'ERR_CONFLICT',
    `The store ${description} is in use by another host${who}; stop that one, or use another schema`,
  )
}
