// Sessions opened and dropped, some of them by killing their process in mid-call; afterwards nothing
// may be left, and no answer may have reached another session. By hand, from the repository:
//
//   node packages/host/test/soak/soak.ts --sessions 1000 --kills 200
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ACCEPT, initialize, post } from '../support/runtime-client.ts'
import {
  INVOCATIONS,
  runtimeConfiguration,
  startRuntimeHost,
  type RuntimeHost,
} from '../support/runtime-host.ts'

export interface SoakOptions {
  readonly sessions: number
  /** How many of them end by a kill in mid-call. */
  readonly kills: number
  readonly onProgress?: (done: number) => void
}

/** What went wrong; empty is good. */
export interface SoakReport {
  readonly strayAnswers: readonly string[]
  readonly unexpected: readonly string[]
  readonly leftProcesses: readonly number[]
  readonly leftPorts: readonly number[]
  readonly leftFolders: readonly string[]
  /** Kinds of handles and timers that this process has more of than before. */
  readonly leftResources: readonly string[]
}

/** Sessions that are open at a time. */
const BATCH = 10
const CALLS = 4
const PATIENCE_MS = 20_000
const RUNTIME_SESSION = 'x-amzn-bedrock-agentcore-runtime-session-id'

/** Runs it all on a host of its own. */
export async function soak({ sessions, kills, onProgress }: SoakOptions): Promise<SoakReport> {
  const before = process.getActiveResourcesInfo()
  const host = await startRuntimeHost({ maxSessions: BATCH })
  const world = new World(host)
  await host.runtimes.putRuntime(runtimeConfiguration({ warmSessions: 2 }))
  const killsBefore = (at: number) => Math.floor((at * kills) / sessions)
  for (let start = 0; start < sessions; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, sessions - start) }, (_, at) => start + at)
    await Promise.all(
      batch.map((at) => world.runSession(at, killsBefore(at + 1) > killsBefore(at))),
    )
    await world.letIdleSessionsEnd()
    onProgress?.(start + batch.length)
  }
  await host.runtimes[Symbol.asyncDispose]()
  const leftFolders = await host.folders()
  await host[Symbol.asyncDispose]()
  return {
    strayAnswers: world.strayAnswers,
    unexpected: world.unexpected,
    leftProcesses: [...world.pids].filter(isChild),
    leftPorts: openPorts(world),
    leftFolders,
    leftResources: await surplus(before),
  }
}

class World {
  readonly host: RuntimeHost
  readonly pids = new Set<number>()
  readonly current = new Set<number>()
  readonly ports = new Set<number>()
  readonly strayAnswers: string[] = []
  readonly unexpected: string[] = []

  constructor(host: RuntimeHost) {
    this.host = host
  }

  async runSession(at: number, isKilled: boolean): Promise<void> {
    const headers = { 'mcp-session-id': await initialize(this.host) }
    const marks = Array.from({ length: CALLS }, (_, call) => `${at}/${call}`)
    const answers = await Promise.all(
      marks.map(async (mark) => {
        const { result, error } = await post(this.host, 'whoami', { mark }, { headers, id: mark })
        if (error) this.unexpected.push(`${mark}: ${JSON.stringify(error)}`)
        this.expect((result?.['args'] as { mark?: string } | undefined)?.mark, mark)
        return result
      }),
    )
    const [{ pid, port } = {}] = answers.map((it) => it as { pid?: number; port?: number })
    if (pid === undefined || port === undefined) return
    for (const answer of answers) this.expect(String(answer?.['pid']), String(pid))
    this.pids.add(pid)
    this.current.add(pid)
    this.ports.add(port)
    if (isKilled) await this.kill(at, pid, headers)
    else await this.drop(at, headers)
  }

  /** Ends the process while it has three calls; each must fail, and none may be answered otherwise. */
  async kill(at: number, pid: number, headers: Record<string, string>): Promise<void> {
    const calls = ['a', 'b', 'c'].map(async (call) =>
      post(this.host, 'hang', { mark: `${at}/${call}` }, { headers, id: `${at}/${call}` }),
    )
    const began = `began "${at}/`
    const isHanging = () =>
      this.host.lines.filter(({ line }) => line.startsWith(began)).length === 3
    await waitUntil(isHanging)
    process.kill(pid, 'SIGKILL')
    for (const [index, { error, id }] of (await Promise.all(calls)).entries()) {
      this.expect(String(id), `${at}/${'abc'[index]}`)
      if (error?.code !== -32_010) this.unexpected.push(`${at}: ${JSON.stringify(error)}`)
    }
  }

  /** Two of the three ways in which sessions end that nobody kills; the third is to be forgotten. */
  async drop(at: number, headers: Record<string, string>): Promise<void> {
    const id = headers['mcp-session-id'] ?? ''
    const url = `${this.host.baseUrl}${INVOCATIONS}`
    if (at % 3 === 0) await fetch(url, { method: 'DELETE', headers: { ...ACCEPT, ...headers } })
    else if (at % 3 === 1) {
      const stop = url.replace('/invocations', '/stopruntimesession')
      const { status } = await fetch(stop, { method: 'POST', headers: { [RUNTIME_SESSION]: id } })
      if (status !== 200) this.unexpected.push(`${at}: stop was answered with ${status}`)
    }
  }

  /** The rest of a batch: sessions that nobody ended. */
  async letIdleSessionsEnd(): Promise<void> {
    this.host.advance(900_001)
    await waitUntil(() => ![...this.current].some(isChild))
    this.current.clear()
  }

  expect(got: string | undefined, wanted: string): void {
    if (got !== wanted) this.strayAnswers.push(`${wanted} was answered with ${got}`)
  }
}

/** Whether this is a process of ours that runs; its number may be somebody else's by now. */
function isChild(pid: number): boolean {
  try {
    const [, state, parent] = /\) (\w) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return state !== 'Z' && Number(parent) === process.pid
  } catch {
    return false
  }
}

/** Ports on which a process of ours still listens; a free port may be another program's by now. */
function openPorts({ ports, pids }: World): number[] {
  const sockets = new Map<string, number>()
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const port = Number.parseInt(local.split(':')[1] ?? '', 16)
    if (state === '0A' && ports.has(port)) sockets.set(`socket:[${inode}]`, port)
  }
  const ours = [...pids, process.pid].flatMap(openFiles)
  return [...sockets].filter(([socket]) => ours.includes(socket)).map(([, port]) => port)
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return unlessGone(() => readdirSync(folder)).flatMap((fd) =>
    unlessGone(() => [readlinkSync(`${folder}/${fd}`)]),
  )
}

/** A process, or a file it had open, may have gone since it was listed. */
function unlessGone(read: () => string[]): string[] {
  try {
    return read()
  } catch {
    return []
  }
}

/** Clients of the test keep connections for a while; only what stays for good is counted. */
async function surplus(before: readonly string[]): Promise<string[]> {
  const more = () => {
    const rest = [...before]
    return process.getActiveResourcesInfo().filter((kind) => {
      const at = rest.indexOf(kind)
      if (at >= 0) rest.splice(at, 1)
      return at < 0
    })
  }
  await waitUntil(() => more().filter((kind) => kind !== 'Timeout').length === 0)
  return more()
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!isTrue() && performance.now() < deadline) {
    await new Promise<void>((resolve) => setTimeout(resolve, 5))
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sessions: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '200' },
    },
  })
  const startedAt = performance.now()
  const report = await soak({
    sessions: Number(values.sessions),
    kills: Number(values.kills),
    onProgress: (done) => void (done % 100 === 0 && process.stderr.write(`${done} sessions\n`)),
  })
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  process.stdout.write(`${JSON.stringify({ ...values, seconds, ...report }, undefined, 2)}\n`)
  process.exitCode = Object.values(report).some((left) => left.length > 0) ? 1 : 0
}
