// One connection to PostgreSQL, which stands for the host: the lock that keeps other hosts out lives and
// dies with it, so that no statement can run without the lock. A lost connection is replaced, and what
// was under way is tried again, within a limit.
//
// What differs from an ordinary pool, and stays so: statements of one host run one after the other.
// Reads are answered from memory; what comes here are changes, and those must keep their order anyway.
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { createTurns } from '../kernel/turns.ts'
import type { PostgresLocation } from './database-location.ts'
import { connectionName, lockSchema } from './postgres-lock.ts'
import { countOpenings, prepareSchema } from './postgres-schema.ts'

export interface PostgresSession extends AsyncDisposable {
  /**
   * Does the work when everything asked before is done. Work that loses its connection is done again
   * from its beginning, on a new one; rejects when there is none in time.
   */
  run<T>(work: Work<T>): Promise<T>
}

/** Statements, and nothing that fails in other ways: an error is the server's or the connection's. */
type Work<T> = (client: Client) => Promise<T>

/** How long a start waits for a server that is just starting, or for the lock of a host just killed. */
const START_LIMIT_MS = 3_000
/** How long work waits for a lost connection to come back. */
const RECONNECT_LIMIT_MS = 10_000
const CONNECT_LIMIT_MS = 5_000
/** A server that does not answer for so long is as good as gone. */
const STATEMENT_LIMIT_MS = 30_000
const RETRY_MS = 100
const CLOSE_LIMIT_MS = 1_000

/** Connects, takes the lock and prepares the schema, or says why this host cannot have the database. */
export async function startPostgresSession(
  location: PostgresLocation,
  log: Log,
): Promise<PostgresSession> {
  const { default: pg } = await import('pg')
  const { description } = location
  const name = connectionName()
  let client: Client | undefined
  let opening: number | undefined
  let refusal: HostError | undefined
  let isClosed = false
  const inTurn = createTurns()

  async function connect(deadline: number): Promise<Client> {
    const fresh = new pg.Client({
      connectionString: location.connectionString,
      application_name: name,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      query_timeout: STATEMENT_LIMIT_MS,
      keepAlive: true,
    })
    fresh.on('error', (error) => lose(fresh, error))
    try {
      await fresh.connect()
      await fresh.query(`${KEEPALIVES}; SET search_path TO "${location.schema}"`)
      await lockSchema(fresh, location, { name, deadline })
      opening = await openOrResume(fresh)
      return fresh
    } catch (error) {
      void end(fresh)
      throw error
    }
  }

  /** After a pause without the lock, what this host holds in memory may not be what is stored. */
  async function openOrResume(fresh: Client): Promise<number> {
    if (opening === undefined) return prepareSchema(fresh, location)
    if ((await countOpenings(fresh)) === opening) return opening
    refusal = new HostError(
      'ERR_CONFLICT',
      `Another host has used the store ${description} while this one was disconnected; restart this host`,
    )
    log.error(refusal.message)
    throw refusal
  }

  async function connected(deadline: number): Promise<Client> {
    for (;;) {
      if (refusal !== undefined) throw refusal
      if (client !== undefined) return client
      try {
        client = await connect(deadline)
        log.info('connected to the store', { store: description })
        return client
      } catch (error) {
        if (error instanceof HostError) throw error
        const isLast = performance.now() + RETRY_MS > deadline
        if (isLast || !isConnectionLoss(error)) throw cannotBeReached(description, error)
        await delay(RETRY_MS)
      }
    }
  }

  function lose(lost: Client, error: unknown): void {
    if (lost !== client) return
    client = undefined
    log.warn('lost the store', { store: description, reason: reasonOf(error) })
    void end(lost)
    if (!isClosed) run(async () => {}).catch(() => {}) // takes the lock back; the next work is told
  }

  async function attempt<T>(work: Work<T>, deadline: number): Promise<T> {
    for (;;) {
      const current = await connected(deadline)
      try {
        return await work(current)
      } catch (error) {
        if (!isConnectionLoss(error)) throw error
        lose(current, error)
        if (performance.now() > deadline) throw cannotBeReached(description, error)
      }
    }
  }

  function run<T>(work: Work<T>, limitMs = RECONNECT_LIMIT_MS): Promise<T> {
    if (isClosed) return Promise.reject(new HostError('ERR_CONFLICT', 'The store is not open'))
    const deadline = performance.now() + limitMs
    return inTurn(() => attempt(work, deadline))
  }

  await run(async () => {}, START_LIMIT_MS)
  return {
    run,
    async [Symbol.asyncDispose]() {
      isClosed = true
      await inTurn(async () => {})
      const open = client
      client = undefined
      if (open !== undefined) await end(open)
    },
  }
}

/** So that the server notices within half a minute when a host's machine is gone. */
const KEEPALIVES =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3'

/**
 * Whether a new connection may do better: the operating system, the driver or the server says that this
 * one is broken, or that there is none yet. Not so for a wrong password, say, or a statement refused.
 */
function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  // PostgreSQL, Appendix A: connection exceptions, too many connections, operator intervention.
  if (/^(?:08|53300|57P)/.test(code)) return true
  return (
    /^E(?!RR_)/.test(code) || /^(?:Connection term|Client|Query read timeout|timeout)/.test(message)
  )
}

function cannotBeReached(description: string, cause: unknown): HostError {
  const message = `The store ${description} cannot be reached: ${reasonOf(cause)}`
  return new HostError('ERR_TARGET_FAILED', message, { cause })
}

/** A name with several addresses fails with an AggregateError, which has a code and no message. */
function reasonOf(error: unknown): string {
  return errorMessage(error) || ((error as { code?: string }).code ?? 'unknown')
}

/** A connection to a machine that is gone never hears that it was closed. */
async function end(client: Client): Promise<void> {
  const ended = client.end().catch(() => {}) // it was gone already
  await Promise.race([ended, delay(CLOSE_LIMIT_MS, undefined, { ref: false })])
}
