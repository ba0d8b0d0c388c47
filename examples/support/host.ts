// What every check needs: `catamaran up` as a person would start it, and the official MCP client.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  Client,
  ClientCredentialsProvider,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'

/** The parts of the line `up --json` prints that the checks use. */
interface ReadyLine {
  readonly gateway: { readonly url: string } | null
  readonly runtime: { readonly url: string } | null
  readonly oauth: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly scopes: readonly string[]
  }
}

export type Hull = 'gateway' | 'runtime'

export interface RunningHost {
  /** A client that found its token through the hull's own 401, as any MCP client does. */
  connect(hull: Hull, vocabulary?: 'auto' | 'legacy'): Promise<Client>
  /** Ctrl-C; fails when the host does not leave by itself. */
  stop(): Promise<void>
}

export interface HostOptions {
  /** The example's folder. */
  readonly folder: string
  /** Added to this process's environment. */
  readonly environment?: Readonly<Record<string, string>>
  /** Installing Python packages takes longer than starting. */
  readonly startLimitMs?: number
}

const CATAMARAN = fileURLToPath(new URL('../../packages/host/bin/catamaran.js', import.meta.url))
const STOP_LIMIT_MS = 10_000

/** Runs `catamaran up` on an example, on a free port and with a data directory of its own. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { folder, environment = {}, startLimitMs = 30_000 } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'catamaran-example-'))
  const child = spawn(
    process.execPath,
    [CATAMARAN, 'up', folder, '--json', '--port', '0', '--data-dir', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
  )
  const clients: Client[] = []
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopHost(child, clients, dataDir))
  try {
    const ready = await readReadyLine(child, startLimitMs)
    return {
      connect: async (hull, vocabulary = 'auto') => {
        const client = await connectTo(ready, hull, vocabulary)
        clients.push(client)
        return client
      },
      stop,
    }
  } catch (error) {
    await stop().catch(() => {}) // the reason it did not start is the one to report
    throw error
  }
}

async function readReadyLine(child: ChildProcess, limitMs: number): Promise<ReadyLine> {
  assert(child.stdout && child.stderr)
  const complaints: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  const lines = createInterface({ input: child.stdout })
  const limit = AbortSignal.timeout(limitMs)
  try {
    const [line] = (await Promise.race([
      once(lines, 'line', { signal: limit }),
      once(child, 'close').then(([code]) => {
        throw new Error(`catamaran up left with exit code ${code}`)
      }),
    ])) as [string]
    const ready = JSON.parse(line) as ReadyLine & { readonly ready?: unknown }
    assert.equal(ready.ready, true, `catamaran up --json printed: ${line}`)
    return ready
  } catch (cause) {
    const reason = limit.aborted ? `not ready after ${limitMs / 1_000} s` : String(cause)
    throw new Error(`The example did not start: ${reason}\n${complaints.join('')}`, { cause })
  }
}

async function connectTo(
  { oauth, ...hulls }: ReadyLine,
  hull: Hull,
  mode: 'auto' | 'legacy',
): Promise<Client> {
  const url = hulls[hull]?.url
  assert(url, `catamaran up named no ${hull} URL`)
  const authProvider = new ClientCredentialsProvider({
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    scope: oauth.scopes.join(' '),
    expectedIssuer: oauth.issuer,
  })
  const client = new Client(
    { name: 'example-check', version: '0.1.0' },
    { versionNegotiation: { mode } },
  )
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { authProvider }))
  return client
}

async function stopHost(child: ChildProcess, clients: Client[], dataDir: string): Promise<void> {
  await Promise.allSettled(clients.map((client) => client.close()))
  const leftInTime = await interrupt(child)
  await rm(dataDir, { recursive: true, force: true })
  assert(leftInTime, `catamaran up was still there ${STOP_LIMIT_MS / 1_000} s after Ctrl-C`)
  assert.equal(child.exitCode, 0, `catamaran up left with exit code ${child.exitCode} after Ctrl-C`)
}

async function interrupt(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true
  const exited = once(child, 'exit')
  let leftInTime = true
  const limit = setTimeout(() => {
    leftInTime = false
    child.kill('SIGKILL')
  }, STOP_LIMIT_MS)
  child.kill('SIGINT')
  await exited
  clearTimeout(limit)
  return leftInTime
}
