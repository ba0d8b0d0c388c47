// `catamaran up` as a person or a CI job would run it: a real process, its ready line, Ctrl-C.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const CATAMARAN = join(ROOT, 'packages/host/bin/catamaran.js')
const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 15_000

/** The article's tool, as the example defines it. */
export const GREET = join(ROOT, 'examples/greet')

/** A part that the app does not have is null in the ready line, and absent for a test. */
const part = <Shape extends z.ZodType>(shape: Shape) =>
  shape.nullable().transform((value) => value ?? undefined)

const Ready = z.object({
  ready: z.literal(true),
  url: z.url(),
  startMs: z.number(),
  gateway: part(
    z.object({
      gatewayId: z.string(),
      url: z.url(),
      targets: z.array(z.object({ name: z.string(), targetId: z.string() })),
    }),
  ),
  runtime: part(z.object({ agentRuntimeArn: z.string(), url: z.url() })),
  oauth: part(
    z.object({
      issuer: z.url(),
      discoveryUrl: z.url(),
      tokenUrl: z.url(),
      clientId: z.string(),
      clientSecret: z.string(),
      scopes: z.array(z.string()),
    }),
  ),
})

export type Ready = z.output<typeof Ready>
export type OAuthClient = NonNullable<Ready['oauth']>

export interface UpHost extends AsyncDisposable {
  readonly ready: Ready
  readonly pid: number
  /** The home folder that the host was given; commands that should find it need the same. */
  readonly home: string
  /** What the host wrote to stderr so far. */
  complaints(): string
  /** What the host wrote to its log so far: one JSON object a line. */
  log(): Promise<string>
  hasExited(): boolean
  /** A hull's URL; fails when the app has no such hull. */
  urlOf(hull: Hull): string
  /** An access token for every scope, from the host's own token endpoint. */
  token(): Promise<string>
  /** Waits until the host has written this to stderr. */
  saysOnStderr(text: string): Promise<void>
  /** Sends a signal and waits until the host is gone, whatever its exit code. */
  end(signal: NodeJS.Signals): Promise<void>
  /** Ctrl-C. Fails when the host does not leave by itself, in time and with exit code 0. */
  stop(): Promise<void>
}

export type Hull = 'gateway' | 'runtime'
export const HULLS: readonly Hull[] = ['gateway', 'runtime']

/** Starts `catamaran up PATH` on a free port, with a data directory of its own. */
export async function startUp(
  path: string,
  flags: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Promise<UpHost> {
  const home = await mkdtemp(join(tmpdir(), 'catamaran-test-'))
  const child = spawn(
    process.execPath,
    [CATAMARAN, 'up', path, '--json', '--port', '0', '--data-dir', join(home, 'data'), ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment(home), ...variables } },
  )
  const stderr: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  const complaints = () => stderr.join('')
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= removing(home, interrupt(child, complaints)))
  try {
    const ready = await readReadyLine(child, complaints)
    return {
      ready,
      pid: child.pid ?? 0,
      home,
      complaints,
      log: () => readFile(join(home, 'data/logs/host.log'), 'utf8'),
      hasExited: () => hasExited(child),
      async saysOnStderr(text) {
        const signal = AbortSignal.timeout(START_LIMIT_MS)
        while (!complaints().includes(text)) await once(child.stderr, 'data', { signal })
      },
      async end(signal) {
        stopping ??= removing(home, endWith(child, signal))
        await stopping
      },
      urlOf: (hull) => urlOf(ready, hull),
      token: () =>
        fetchToken(ready.oauth).catch((error: unknown) => {
          const cause = error instanceof Error ? String(error.cause) : ''
          throw new Error(`No token: ${String(error)} ${cause}\n${complaints()}`, { cause: error })
        }),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop().catch(() => {}) // the reason it did not start is the one to report
    throw error
  }
}

/** A home of its own, so that hosts of other tests are not found; the compile cache is shared. */
function environment(home: string): NodeJS.ProcessEnv {
  const { XDG_CACHE_HOME = join(homedir(), '.cache') } = process.env
  return { ...process.env, HOME: home, XDG_STATE_HOME: '', XDG_CACHE_HOME }
}

async function readReadyLine(
  child: ChildProcess & { stdout: NodeJS.ReadableStream },
  complaints: () => string,
): Promise<Ready> {
  const signal = AbortSignal.timeout(START_LIMIT_MS)
  const failed = (reason: string) => new Error(`catamaran up ${reason}\n${complaints()}`)
  const line = once(createInterface({ input: child.stdout }), 'line', { signal }).catch(() => {
    throw failed(`was not ready after ${START_LIMIT_MS} ms`)
  })
  const closed = once(child, 'close').then(([code]) => {
    throw failed(`left with exit code ${code}`)
  })
  const [text] = (await Promise.race([line, closed])) as [string]
  closed.catch(() => {}) // from here on, leaving is not a failure to start
  return Ready.parse(JSON.parse(text))
}

function urlOf(ready: Ready, hull: Hull): string {
  const url = ready[hull]?.url
  if (url === undefined) throw new Error(`The app has no ${hull}`)
  return url
}

/** RFC 6749 §4.4 with the client's id and secret in the Basic scheme. */
async function fetchToken(oauth: OAuthClient | undefined): Promise<string> {
  if (oauth === undefined) throw new Error('The host runs without an issuer')
  const { tokenUrl, clientId, clientSecret } = oauth
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token
}

/** Waits for the end, however it comes, and takes the host's folder away after it. */
async function removing(home: string, end: Promise<void>): Promise<void> {
  try {
    await end
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function interrupt(child: ChildProcess, complaints: () => string): Promise<void> {
  const exited = hasExited(child) ? undefined : once(child, 'exit')
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  child.kill('SIGINT')
  await exited
  clearTimeout(limit)
  const { exitCode, signalCode } = child
  if (exitCode === 0) return
  throw new Error(`catamaran up left with ${signalCode ?? exitCode} after Ctrl-C\n${complaints()}`)
}

async function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = hasExited(child) ? undefined : once(child, 'exit')
  child.kill(signal)
  await exited
}

function hasExited({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
