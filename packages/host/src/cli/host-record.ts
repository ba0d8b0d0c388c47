// How `tools`, `call` and `token` find the host that `up` started: a file per running host in the
// user's state folder (XDG Base Directory), readable by the user alone and removed when the host stops.
// The client secret is not in it: that stays sealed in the host's own data directory.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { isRunning } from '../process/is-running.ts'

export interface HostRecord {
  readonly pid: number
  readonly url: string
  readonly app: string
  readonly dataDir: string
  readonly startedAt: string
  /** Set by `serve`: requests have to be signed with keys that the operator gave it. */
  readonly verifiesSignatures?: true
  readonly gateways: readonly { readonly name: string; readonly url: string }[]
  readonly runtimes: readonly { readonly name: string; readonly url: string }[]
  readonly oauth?: {
    readonly poolId: string
    readonly tokenUrl: string
    readonly clientId: string
    readonly sealedSecret: string
    readonly masterKeyFile: string
    readonly scopes: readonly string[]
  }
}

/** Publishes a running host; the returned function takes it back. */
export async function publishHost(record: HostRecord): Promise<() => Promise<void>> {
  const folder = recordFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${record.pid}.json`)
  await writeFile(file, JSON.stringify(record), { mode: 0o600 })
  return () => rm(file, { force: true })
}

/** The running host: the one at `url`, or else the one that was started last. */
export async function findHost(url?: string): Promise<HostRecord | undefined> {
  const hosts = await listHosts()
  if (url === undefined) return hosts[0]
  const asked = originOf(url)
  return hosts.find((host) => originOf(host.url) === asked)
}

/** As `findHost`, or a refusal that says what would work. */
export async function getHost(url?: string): Promise<HostRecord> {
  const host = await findHost(url)
  if (host !== undefined) return host
  throw new HostError(
    'ERR_NOT_FOUND',
    url === undefined
      ? 'No host is running; start one with `catamaran up`'
      : `No host that \`catamaran up\` started runs at ${url}; leave --url out to use the one that runs`,
  )
}

/** Where a host answers, whoever started it. */
export type ReachedHost = Pick<HostRecord, 'url' | 'verifiesSignatures'>

/** A host that runs here, or any other one that answers at `url`. */
export async function reachHost(url: string | undefined): Promise<ReachedHost> {
  const host = await findHost(url)
  if (host !== undefined || url === undefined) return host ?? getHost()
  const { origin } = new URL(url)
  const { callHttp } = await import('../http/call.ts') // most commands find their host by its record
  try {
    const { status } = await callHttp(`${origin}/healthz`, { timeoutMs: 5_000 })
    if (status !== 200) throw new Error(`the answer has status ${status}`)
    return { url: origin }
  } catch (cause) {
    const message = `No host answers at ${url} (${errorMessage(cause)}); leave --url out to use the one that runs here`
    throw new HostError('ERR_NOT_FOUND', message, { cause })
  }
}

/**
 * The other running host that keeps its state in `dataDir`. A record with our own process id is a dead
 * host's: a container that is started again gives out the same numbers.
 */
export async function findOtherHostOf(dataDir: string): Promise<HostRecord | undefined> {
  return (await listHosts()).find((host) => host.dataDir === dataDir && host.pid !== process.pid)
}

/** Running hosts, newest first; records of hosts that are gone are cleared away. */
async function listHosts(): Promise<HostRecord[]> {
  const folder = recordFolder()
  const files = await readdir(folder).catch(() => [])
  const hosts: HostRecord[] = []
  for (const name of files) {
    const file = join(folder, name)
    const record = await readFile(file, 'utf8')
      .then((text) => JSON.parse(text) as HostRecord)
      .catch(() => undefined) // being written or removed at this moment
    if (record === undefined) continue
    if (isRunning(record.pid)) hosts.push(record)
    else await rm(file, { force: true })
  }
  return hosts.sort((a, b) => b.startedAt.localeCompare(a.startedAt))
}

function recordFolder(): string {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(state, 'catamaran', 'hosts')
}

/** `localhost` and `127.0.0.1` are the same host to a person. */
function originOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `--url ${url} is not a URL; expected http://127.0.0.1:4420`,
    )
  }
  const { protocol, hostname, port } = new URL(url)
  return `${protocol}//${hostname === 'localhost' ? '127.0.0.1' : hostname}:${port}`
}
