// `npm run bench`: what a tool call costs here, beside what it would cost otherwise, in one interleaved
// run on one machine, with every answer checked. CPU is that of the whole process tree.
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { greeting } from './peers/answer.ts'
import { formatRequest, openConnection, type Connection } from './connection.ts'
import { measureTree, treeCpuMs } from './process-tree.ts'
import { measureRuntime, type RuntimeFigures } from './runtime.ts'
import { median, percentile } from './statistics.ts'
import { startSubject, type Subject } from './subject.ts'
import { fetchToken } from './token.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    calls: { type: 'string', default: '4000' },
    warmup: { type: 'string', default: '4000' },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'gateway,runtime' },
  },
})
const ROUNDS = Number(flags.rounds)
const CALLS = Number(flags.calls)
const WARMUP = Number(flags.warmup)
const CONCURRENCY = [1, 8, 64]

interface Endpoint {
  readonly subject: Subject
  readonly request: string
  readonly url: string
}

interface Figures {
  readonly name: string
  readonly startMs: number
  /** By number of connections. */
  readonly cpuMicros: Readonly<Record<number, number>>
  readonly p50Ms: number
  readonly p99Ms: number
  readonly callsPerSecond: Readonly<Record<number, number>>
  readonly rssMb: number
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const greet = path('../examples/greet')
  const dataDir = path('../node_modules/.cache/catamaran-bench')
  const host = stack.use(
    await startSubject('gateway', [
      path('../packages/host/bin/catamaran.js'),
      'up',
      greet,
      '--json',
      '--port',
      '0',
      '--data-dir',
      dataDir,
    ]),
  )
  const token = await fetchToken(host.ready)
  const gateway = flags.only.includes('gateway') ? await measureGateway(stack, host, token) : []
  const runtime = flags.only.includes('runtime')
    ? await measureRuntime(host.ready, token)
    : undefined
  report(gateway, runtime)
}

async function measureGateway(
  stack: AsyncDisposableStack,
  host: Subject,
  token: string,
): Promise<readonly Figures[]> {
  const start = async (name: string, file: string) =>
    stack.use(await startSubject(name, [path(`./peers/${file}`)]))
  const floor = await start('hand-written', 'hand-written.ts')
  const peers = [await start('sdk-v2', 'sdk-v2.ts'), await start('sdk-v1', 'sdk-v1.ts')]
  const authorization = { authorization: `Bearer ${token}` }
  const endpoints = [
    await endpoint(floor, floor.ready.url, 'greet_user', {}),
    await endpoint(host, host.ready.gateway?.url ?? '', 'greet___greet_user', authorization),
    ...(await Promise.all(peers.map((peer) => endpoint(peer, peer.ready.url, 'greet_user', {})))),
  ]
  for (const it of endpoints) await run(it, WARMUP, 8)
  const samples = new Map(endpoints.map((it) => [it, newSamples()]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const it of endpoints) await sample(it, samples.get(it) ?? newSamples())
  }
  return endpoints.map((it) => summarize(it, samples.get(it) ?? newSamples()))
}

async function endpoint(
  subject: Subject,
  url: string,
  tool: string,
  headers: Record<string, string>,
): Promise<Endpoint> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: tool, arguments: { name: 'Ada' } },
  })
  const request = formatRequest(
    url,
    {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
      ...headers,
    },
    body,
  )
  return { subject, url, request }
}

interface Samples {
  readonly cpuMicros: Map<number, number[]>
  readonly latencies: number[]
  readonly callsPerSecond: Map<number, number[]>
}

function newSamples(): Samples {
  const byConcurrency = () => new Map<number, number[]>(CONCURRENCY.map((n) => [n, []]))
  return { cpuMicros: byConcurrency(), latencies: [], callsPerSecond: byConcurrency() }
}

async function sample(
  it: Endpoint,
  { cpuMicros, latencies, callsPerSecond }: Samples,
): Promise<void> {
  for (const concurrency of CONCURRENCY) {
    const cpuBefore = treeCpuMs(it.subject.pid)
    const { tookMs, latenciesMs } = await run(it, CALLS, concurrency)
    const cpuMs = treeCpuMs(it.subject.pid) - cpuBefore
    callsPerSecond.get(concurrency)?.push((CALLS * 1_000) / tookMs)
    cpuMicros.get(concurrency)?.push((cpuMs * 1_000) / CALLS)
    if (concurrency !== 1) continue
    for (const latency of latenciesMs) latencies.push(latency)
  }
}

/** `calls` calls over `concurrency` connections, each one at a time; every answer is checked. */
async function run(it: Endpoint, calls: number, concurrency: number) {
  const connections = await Promise.all(
    Array.from({ length: concurrency }, () => openConnection(it.url)),
  )
  const latenciesMs: number[] = []
  let left = calls
  const loop = async (connection: Connection) => {
    while (left > 0) {
      left -= 1
      const sentMs = performance.now()
      const { status, body } = await connection.send(it.request)
      latenciesMs.push(performance.now() - sentMs)
      check(it, status, body)
    }
  }
  const startedMs = performance.now()
  await Promise.all(connections.map(loop))
  const tookMs = performance.now() - startedMs
  for (const connection of connections) connection.close()
  return { tookMs, latenciesMs }
}

const EXPECTED = greeting('Ada')

function check({ subject }: Endpoint, status: number, body: string): void {
  const data = body.startsWith('{') ? body : (/^data: (.*)$/m.exec(body)?.[1] ?? '')
  const answer = status === 200 && data !== '' ? JSON.parse(data) : undefined
  if (answer?.result?.content?.[0]?.text === EXPECTED) return
  throw new Error(`${subject.name} gave a wrong answer: ${status} ${body.slice(0, 300)}`)
}

function summarize({ subject }: Endpoint, samples: Samples): Figures {
  const sorted = samples.latencies.toSorted((a, b) => a - b)
  return {
    name: subject.name,
    startMs: subject.startMs,
    cpuMicros: medians(samples.cpuMicros),
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
    callsPerSecond: medians(samples.callsPerSecond),
    rssMb: measureTree(subject.pid).rssBytes / 1e6,
  }
}

function medians(byConcurrency: ReadonlyMap<number, readonly number[]>): Record<number, number> {
  return Object.fromEntries([...byConcurrency].map(([n, values]) => [n, median(values)]))
}

function report(gateway: readonly Figures[], runtime: RuntimeFigures | undefined): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`
  if (flags.json) {
    console.log(JSON.stringify({ machine, rounds: ROUNDS, calls: CALLS, gateway, runtime }))
    return
  }
  console.log(
    `\n${machine}; ${ROUNDS} rounds of ${CALLS} calls; medians of rounds;\ncolumns: ${CONCURRENCY.join(', ')} connections; p50 and p99 at one\n`,
  )
  const [floor] = gateway
  for (const it of gateway) {
    const rates = CONCURRENCY.map((n) => (it.callsPerSecond[n] ?? 0).toFixed(0).padStart(6))
    const cpu = CONCURRENCY.map((n) => {
      const micros = it.cpuMicros[n] ?? 0
      return `${micros.toFixed(0)} (${(micros / (floor?.cpuMicros[n] ?? 1)).toFixed(2)}×)`.padStart(
        12,
      )
    })
    console.log(
      `${it.name.padEnd(13)} CPU µs/call ${cpu.join('')}   calls/s ${rates.join('')}` +
        `   p50 ${it.p50Ms.toFixed(3)} ms  p99 ${it.p99Ms.toFixed(3)} ms  RSS ${it.rssMb.toFixed(0)} MB  start ${it.startMs.toFixed(0)} ms`,
    )
  }
  const ours = gateway.find(({ name }) => name === 'gateway')
  for (const peer of gateway.filter(({ name }) => name.startsWith('sdk'))) {
    const ratios = CONCURRENCY.map((n) =>
      ((ours?.callsPerSecond[n] ?? 0) / (peer.callsPerSecond[n] ?? 1)).toFixed(2),
    )
    console.log(`gateway against ${peer.name}: ${ratios.join(' / ')} × the calls per second`)
  }
  if (runtime === undefined) return
  console.log(`\nruntime, new session from the pool   p50 ${runtime.pooledMs.toFixed(1)} ms`)
  console.log(
    `runtime, cold session                p50 ${runtime.coldMs.toFixed(1)} ms  (pooled ${(runtime.pooledMs / runtime.coldMs).toFixed(2)}×)`,
  )
  console.log(
    `runtime, warm call                   p50 ${runtime.warmMs.toFixed(3)} ms, the process directly ${runtime.directMs.toFixed(3)} ms (adds ${(runtime.warmMs - runtime.directMs).toFixed(3)} ms)`,
  )
  console.log(
    `runtime, idle session                RSS ${runtime.idleRssMb.toFixed(1)} MB, PSS ${runtime.idlePssMb.toFixed(1)} MB`,
  )
}

await main()
