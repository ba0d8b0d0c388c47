// Functions made of files a test writes, hosted in folders of the test's own.
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FunctionConfiguration } from '../../src/functions/function-configuration.ts'
import type { FunctionLine } from '../../src/functions/function-log.ts'
import {
  startFunctions,
  type FunctionHostOptions,
  type Functions,
  type InvokeOptions,
} from '../../src/functions/functions.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { temporaryFolder } from './temporary-folder.ts'

// Shared by all tests of a run; without it every child compiles the bootstrap again.
const COMPILE_CACHE = join(tmpdir(), 'catamaran-test-compile-cache')

export interface FunctionWorld extends AsyncDisposable {
  readonly functions: Functions
  /** The folder every path of a test is relative to. */
  readonly path: string
  readonly lines: FunctionLine[]
  /** Writes files and puts a function whose code they are; `layers` and the like are relative. */
  put(definition: FunctionDefinition): ReturnType<Functions['putFunction']>
  invoke(event: unknown, options?: Partial<InvokeOptions>): ReturnType<Functions['invoke']>
  /** What an environment has as its own folder, one each. */
  folders(): Promise<string[]>
  /** The log once it has this text. */
  logWith(text: string): Promise<string>
}

type FunctionDefinition = Partial<FunctionConfiguration> & {
  readonly files: Readonly<Record<string, string>>
}

/** A function `it` is ordinary in every way the test does not mention. */
export async function startFunctionWorld(
  options: Partial<FunctionHostOptions> = {},
): Promise<FunctionWorld> {
  const folder = await temporaryFolder()
  const { path } = folder
  const lines: FunctionLine[] = []
  const functions = await startFunctions({
    log: silentLog,
    logDir: join(path, 'logs'),
    tempDir: join(path, 'tmp'),
    maxConcurrency: 20,
    idleMs: 60_000,
    path: process.env['PATH'] ?? '/usr/bin:/bin',
    onLine: (line) => lines.push(line),
    ...options,
  })
  return {
    functions,
    path,
    lines,
    async put({ files, layers = [], environment = {}, ...rest }) {
      await writeFiles(path, files)
      return functions.putFunction({
        functionName: 'it',
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        codeDir: join(path, 'code'),
        layers: layers.map((layer) => join(path, layer)),
        environment: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
        timeoutMs: 10_000,
        memorySizeMb: 256,
        ...rest,
      })
    },
    invoke: (event, invokeOptions) =>
      functions.invoke('it', JSON.stringify(event), { requestId: randomUUID(), ...invokeOptions }),
    folders: () => readdir(join(path, 'tmp')),
    logWith: (text) =>
      until(async () => {
        const log = await readFile(join(path, 'logs', 'it.log'), 'utf8').catch(() => '')
        return log.includes(text) ? log : undefined
      }),
    async [Symbol.asyncDispose]() {
      await functions[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Asks again until there is an answer; the test's own time limit is the end of it. */
export async function until<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Whether the process lives; one that has ended and was not waited for does not. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  return stat !== undefined && !stat.includes(') Z ')
}

/** Paths are below `code/` unless they begin with `../`; what begins with `#!` is executable. */
async function writeFiles(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(path, 'code'), { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    const file = join(path, name.startsWith('../') ? name.slice(3) : `code/${name}`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    if (text.startsWith('#!')) await chmod(file, 0o755)
  }
}
