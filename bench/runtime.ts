// The Runtime hull: a session out of the pool, one that has to be started, and a warm call beside the
// same call to the same program without a host.
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formatRequest, openConnection, type RawAnswer } from './connection.ts'
import { greeting } from './peers/answer.ts'
import { findTree, readMemory } from './process-tree.ts'
import { median, percentile } from './statistics.ts'
import { startSubject, type ReadyLine } from './subject.ts'
import { fetchToken } from './token.ts'

export interface RuntimeFigures {
  readonly pooledMs: number
  readonly coldMs: number
  readonly warmMs: number
  readonly directMs: number
  readonly idleRssMb: number
  readonly idlePssMb: number
}

const SESSIONS = 15
const WARM_CALLS = 4_000
const REFILL_MS = 600
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export async function measureRuntime(ready: ReadyLine, token: string): Promise<RuntimeFigures> {
  const url = ready.runtime?.url ?? ''
  const authorized = { ...HEADERS, authorization: `Bearer ${token}` }
  const pooledMs = await sessionStartMs(url, authorized, REFILL_MS)
  await using coldHost = await startSubject('cold', [path('./cold-host.ts')])
  const coldToken = await fetchToken(coldHost.ready)
  const coldHeaders = { ...HEADERS, authorization: `Bearer ${coldToken}` }
  const coldMs = await sessionStartMs(coldHost.ready.runtime?.url ?? '', coldHeaders, 100)
  await using direct = await startSubject('direct', [path('./direct-server.ts')])
  const { warmMs, directMs } = await warmCalls(url, authorized, direct.ready.url)
  const idle = await idleSessionMemory(coldHost, coldHeaders)
  return { pooledMs, coldMs, warmMs, directMs, ...idle }
}

/** From the first byte of `initialize` to its answer, each in a new session, `pauseMs` apart. */
async function sessionStartMs(
  url: string,
  headers: Record<string, string>,
  pauseMs: number,
): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < SESSIONS; index += 1) {
    await delay(pauseMs)
    const startedMs = performance.now()
    const sessionId = await initialize(url, headers)
    times.push(performance.now() - startedMs)
    await once(url, { ...headers, 'mcp-session-id': sessionId }, '', 'DELETE')
  }
  return median(times)
}

async function initialize(url: string, headers: Record<string, string>): Promise<string> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'bench', version: '1.0.0' },
    },
  })
  const answer = await once(url, headers, body)
  if (answer.status !== 200) throw new Error(`initialize: ${answer.status} ${answer.body}`)
  return answer.headers.get('mcp-session-id') ?? ''
}

async function once(
  url: string,
  headers: Record<string, string>,
  body: string,
  method = 'POST',
): Promise<RawAnswer> {
  const connection = await openConnection(url)
  try {
    return await connection.send(formatRequest(url, headers, body, method))
  } finally {
    connection.close()
  }
}

/** The same calls through the host and straight to the same program, in turns of 100. */
async function warmCalls(url: string, headers: Record<string, string>, directUrl: string) {
  const sessionId = await initialize(url, headers)
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'greet_user', arguments: { name: 'Ada' } },
  })
  const hosted = {
    connection: await openConnection(url),
    request: formatRequest(url, { ...headers, 'mcp-session-id': sessionId }, body),
    times: [] as number[],
  }
  const direct = {
    connection: await openConnection(directUrl),
    request: formatRequest(directUrl, HEADERS, body),
    times: [] as number[],
  }
  for (let done = 0; done < WARM_CALLS; done += 100) {
    for (const { connection, request, times } of [hosted, direct]) {
      for (let index = 0; index < 100; index += 1) {
        const sentMs = performance.now()
        const answer = await connection.send(request)
        times.push(performance.now() - sentMs)
        if (!answer.body.includes(greeting('Ada'))) throw new Error(`wrong answer: ${answer.body}`)
      }
    }
  }
  hosted.connection.close()
  direct.connection.close()
  await once(url, { ...headers, 'mcp-session-id': sessionId }, '', 'DELETE')
  const p50 = (times: number[]) =>
    percentile(
      times.slice(times.length / 4).toSorted((a, b) => a - b),
      50,
    )
  return { warmMs: p50(hosted.times), directMs: p50(direct.times) }
}

/** Ten initialized sessions that do nothing: what the tree grew by, per session. */
async function idleSessionMemory(
  host: { readonly pid: number; readonly ready: ReadyLine },
  headers: Record<string, string>,
): Promise<{ idleRssMb: number; idlePssMb: number }> {
  const before = new Set(findTree(host.pid))
  for (let index = 0; index < 10; index += 1)
    await initialize(host.ready.runtime?.url ?? '', headers)
  await delay(1_000)
  const sessions = findTree(host.pid).filter((pid) => !before.has(pid))
  const memory = sessions.map(readMemory)
  const mean = (of: 'rss' | 'pss') =>
    memory.reduce((sum, it) => sum + it[of], 0) / Math.max(1, memory.length) / 1e6
  return { idleRssMb: mean('rss'), idlePssMb: mean('pss') }
}
