// Where the rows live: a file, or a PostgreSQL database by its URL.
import { HostError } from '../kernel/host-error.ts'

export interface PostgresLocation {
  /** For the driver, which reads what the URL does not say (a password, say) from PGPASSWORD and such. */
  readonly connectionString: string
  readonly schema: string
  /** For people: without a password. */
  readonly description: string
}

const DEFAULT_SCHEMA = 'catamaran'
/** What needs no quotes in SQL and is not reserved for PostgreSQL itself. */
const SCHEMA = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/

export function isPostgresUrl(location: string): boolean {
  return /^postgres(?:ql)?:/i.test(location)
}

/** The location as it may be shown and logged: it never holds a password. */
export function describeLocation(location: string): string {
  return isPostgresUrl(location) ? readPostgresLocation(location).description : location
}

/** Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME`; the schema is ours to read. */
export function readPostgresLocation(location: string): PostgresLocation {
  const url = URL.parse(location) // `new URL` would throw an error that holds the password
  if (url === null) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'The database URL is malformed; write postgres://USER@HOST:PORT/DATABASE, with special characters of the password percent-encoded',
    )
  }
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA
  if (!SCHEMA.test(schema)) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'The schema of the database URL must be lower-case letters, digits and underscores, as in ?schema=catamaran',
    )
  }
  url.searchParams.delete('schema')
  return { connectionString: url.href, schema, description: describe(url, schema) }
}

function describe({ username, host, pathname, searchParams }: URL, schema: string): string {
  const user = username === '' ? '' : `${username}@`
  // A Unix socket's folder is the host, given in either of the two ways the driver knows.
  const server = decodeURIComponent(host || (searchParams.get('host') ?? ''))
  return `postgres://${user}${server}${pathname}?schema=${schema}`
}
