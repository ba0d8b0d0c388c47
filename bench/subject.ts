import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Subject extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  /** From spawn to the ready line. */
  readonly startMs: number
  readonly ready: ReadyLine
}

export interface ReadyLine {
  readonly url: string
  readonly gateway?: { readonly url: string }
  readonly runtime?: { readonly url: string }
  readonly oauth?: {
    readonly tokenUrl: string
    readonly clientId: string
    readonly clientSecret: string
  }
}

/** As an installed host has it: compiled code from earlier starts. */
const COMPILE_CACHE = fileURLToPath(
  new URL('../node_modules/.cache/catamaran-bench/v8', import.meta.url),
)

/** Starts a Node script as a subject and waits for the JSON line that says it is ready. */
export async function startSubject(name: string, args: readonly string[]): Promise<Subject> {
  const startedMs = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CATAMARAN_COMPILE_CACHE: COMPILE_CACHE },
  })
  const ready = await readReadyLine(child, name)
  const startMs = performance.now() - startedMs
  return {
    name,
    pid: child.pid ?? 0,
    startMs,
    ready,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill('SIGINT')
      await once(child, 'exit')
    },
  }
}

async function readReadyLine(child: ChildProcess, name: string): Promise<ReadyLine> {
  if (child.stdout === null) throw new Error(`${name} has no output`)
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"ready":true')) return JSON.parse(line) as ReadyLine
  }
  throw new Error(`${name} ended before it was ready`)
}
