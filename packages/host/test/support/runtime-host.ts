// The Runtime hull behind a bare listener, with a temp folder of its own, for tests that talk to it
// over HTTP.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exchange } from '../../src/http/exchange.ts'
import type { Log, LogFields } from '../../src/kernel/log.ts'
import type {
  AgentRuntimeConfiguration,
  RuntimeLine,
} from '../../src/runtime/agent-runtime-configuration.ts'
import type { RuntimeTarget } from '../../src/runtime/find-runtime.ts'
import {
  startRuntimes,
  type Runtimes,
  type RuntimesOptions,
} from '../../src/runtime/start-runtimes.ts'

export interface RuntimeHost extends AsyncDisposable {
  readonly runtimes: Runtimes
  readonly baseUrl: string
  readonly tempDir: string
  /** What the hosted servers wrote. */
  readonly lines: readonly RuntimeLine[]
  readonly records: readonly { readonly message: string; readonly fields: LogFields }[]
  /** Folders of the processes that live. */
  folders(): Promise<string[]>
  /** Moves the clock by which sessions grow old. */
  advance(ms: number): void
}

const runtimesDir = fileURLToPath(new URL('../../runtimes/', import.meta.url))
const fixturesDir = fileURLToPath(new URL('../fixtures/runtime/', import.meta.url))

export const preloads = {
  node: new URL('../../runtimes/node-runtime-preload.mjs', import.meta.url).href,
  pythonDir: join(runtimesDir, 'python-runtime'),
}

export const RUNTIME_ID = 'greeter-abcde01234'
export const RUNTIME_ARN = `arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/${RUNTIME_ID}`
export const INVOCATIONS = `/runtimes/${encodeURIComponent(RUNTIME_ARN)}/invocations`

/** A runtime that is ordinary in every way the test does not mention. */
export function runtimeConfiguration(
  changes: Partial<AgentRuntimeConfiguration> = {},
): AgentRuntimeConfiguration {
  return {
    agentRuntimeId: RUNTIME_ID,
    agentRuntimeName: 'greeter',
    command: [process.execPath, 'stateless.ts'],
    cwd: fixturesDir,
    environment: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache },
    protocol: 'MCP',
    idleRuntimeSessionTimeoutMs: 900_000,
    maxLifetimeMs: 28_800_000,
    warmSessions: 0,
    ...changes,
  }
}

// Shared by all tests of a run; without it every fixture is compiled again for each session.
const compileCache = join(tmpdir(), 'catamaran-test-compile-cache')

export async function startRuntimeHost(
  options: Partial<RuntimesOptions> = {},
): Promise<RuntimeHost> {
  const tempDir = await mkdtemp(join(tmpdir(), 'catamaran-runtime-test-'))
  const lines: RuntimeLine[] = []
  const records: { message: string; fields: LogFields }[] = []
  const record = (message: string, fields: LogFields = {}) => void records.push({ message, fields })
  const log: Log = { info: record, warn: record, error: record }
  let passedMs = 0
  const runtimes = startRuntimes({
    log,
    tempDir,
    maxSessions: 100,
    preloads,
    onLine: (line) => void lines.push(line),
    now: () => Date.now() + passedMs,
    sweepIntervalMs: 10,
    ...options,
  })
  let baseUrl = ''
  const server = createServer((request, response) => {
    const { target, exchange } = readRequest(request, response, baseUrl)
    void runtimes.serve(exchange, target)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    runtimes,
    baseUrl,
    tempDir,
    lines,
    records,
    folders: () => readdir(tempDir),
    advance: (ms) => void (passedMs += ms),
    async [Symbol.asyncDispose]() {
      await runtimes[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await rm(tempDir, { recursive: true, force: true })
    },
  }
}

function readRequest(request: IncomingMessage, response: ServerResponse, baseUrl: string) {
  const { method = '', url = '', headers } = request
  const [path = '', query = ''] = url.split('?')
  const [, , arn = '', ...rest] = path.split('/')
  const search = new URLSearchParams(query)
  const accountId = search.get('accountId')
  const operation = rest.length > 1 ? 'metadata' : ((rest[0] ?? '') as RuntimeTarget['operation'])
  const target: RuntimeTarget = {
    arn: decodeURIComponent(arn),
    operation,
    qualifier: search.get('qualifier') ?? 'DEFAULT',
    ...(accountId !== null && { accountId }),
  }
  const exchange: Exchange = {
    requestId: randomUUID(),
    method,
    path,
    query,
    headers,
    baseUrl,
    get signal(): AbortSignal {
      throw new Error('The runtime watches the response itself')
    },
    request,
    response,
  }
  return { target, exchange }
}
