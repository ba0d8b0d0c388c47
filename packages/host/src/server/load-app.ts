import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { startChild } from '../process/child.ts'
import { TYPESCRIPT_FLAGS } from '../process/typescript-flags.ts'
import { fallbackImports, runtimeFile } from '../process/child-files.ts'
import type { App } from './read-app.ts'

/** An app, and where it came from. */
export interface LoadedApp {
  readonly name: string
  readonly file: string
  readonly dir: string
  readonly app: App
}

/** No app at all: a host for what clients create. */
export const EMPTY_APP: LoadedApp = {
  name: '',
  file: '',
  dir: '',
  app: { functions: {}, gateways: {}, runtimes: {} },
}

const SCRIPTS = ['.ts', '.mts', '.js', '.mjs']
const APP_FILES = [...SCRIPTS, '.json'].map((extension) => `catamaran.app${extension}`)
const SERVER_FILES = SCRIPTS.map((extension) => `server${extension}`)

/** Finds and reads what to host: an app file, a `defineServer` file, or a folder with one of them. */
export async function loadApp(path: string): Promise<LoadedApp> {
  const file = await findFile(resolve(path), path)
  const dir = dirname(file)
  if (!APP_FILES.includes(basename(file))) {
    return { name: nameOf(dir), file, dir, app: serverApp(file, await readDotEnv(dir)) }
  }
  const value = extname(file) === '.json' ? await readJson(file) : await evaluate(file)
  const { readApp } = await import('./read-app.ts') // its validator costs 40 ms; a server file needs none
  return { name: nameOf(dir), file, dir, app: readApp(value, basename(file)) }
}

/** The app that a lone server file stands for: one function behind a gateway, and one runtime. */
function serverApp(file: string, environment: Record<string, string>): App {
  const stem = basename(file, extname(file))
  const name = nameOf(dirname(file))
  if (stem.includes('.')) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `${basename(file)} cannot be a function's module: Lambda splits a handler at the first dot; rename it to have none before its extension`,
    )
  }
  return {
    functions: {
      [name]: {
        runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
        handler: `${stem}.default.handler`,
        code: '.',
        layers: [],
        timeout: 900,
        memorySize: 512,
        environment,
      },
    },
    gateways: {
      [name]: { exceptionLevel: 'DEBUG', targets: { [name]: { lambda: { function: name } } } },
    },
    runtimes: {
      [runtimeNameOf(name)]: {
        server: basename(file),
        code: '.',
        environment,
        protocol: 'MCP',
        lifecycle: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
      },
    },
  }
}

async function findFile(path: string, asTyped: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    throw new HostError(
      'ERR_NOT_FOUND',
      `${asTyped} does not exist; name a server.ts, an app file or a folder with one of them`,
    )
  }
  if (found.isFile()) {
    if ([...SCRIPTS, '.json'].includes(extname(path))) return path
    throw new HostError(
      'ERR_INVALID_INPUT',
      `${asTyped} is not a TypeScript or JavaScript file (${SCRIPTS.join(', ')}) or catamaran.app.json`,
    )
  }
  const file = [...APP_FILES, ...SERVER_FILES].find((name) => existsSync(join(path, name)))
  if (file !== undefined) return join(path, file)
  throw new HostError(
    'ERR_NOT_FOUND',
    `${asTyped === '.' ? 'This folder' : asTyped} has neither catamaran.app.ts nor server.ts; \`catamaran init\` writes a server.ts to start from`,
  )
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `${basename(file)} is not JSON: ${errorMessage(error)}`,
      {
        cause: error,
      },
    )
  }
}

/** Runs the app file with the operator's own environment: it is the operator's configuration. */
async function evaluate(file: string): Promise<unknown> {
  const output: string[] = []
  const child = await startChild({
    file: process.execPath,
    args: [
      ...TYPESCRIPT_FLAGS,
      ...fallbackImports(dirname(file)),
      runtimeFile('evaluate-app'),
      pathToFileURL(file).href,
    ],
    env: operatorEnvironment(),
    cwd: dirname(file),
    ipc: true,
    onLine: (line) => output.push(line),
  })
  const definition = new Promise<{ value: unknown } | undefined>((resolve) => {
    child.process.once('message', (value) => resolve({ value }))
    child.process.once('close', () => resolve(undefined))
  })
  const sent = await definition
  await child.stop({ graceMs: sent === undefined ? 0 : 1_000 })
  if (sent !== undefined) return sent.value
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${basename(file)} cannot be evaluated:\n${output.join('\n')}`,
  )
}

function operatorEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}

/** A `.env` beside a server file is the environment of its tools; the host's own is never passed on. */
async function readDotEnv(dir: string): Promise<Record<string, string>> {
  const text = await readFile(join(dir, '.env'), 'utf8').catch(() => '')
  return Object.fromEntries(
    Object.entries(parseEnv(text)).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}

/** The folder's name as a gateway, target and function name: letters, digits and single hyphens. */
function nameOf(dir: string): string {
  const name = basename(dir)
    .replace(/[^0-9a-zA-Z]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return name === '' ? 'tools' : name
}

function runtimeNameOf(name: string): string {
  const spelled = name.replaceAll('-', '_')
  return /^[a-zA-Z]/.test(spelled) ? spelled : `r_${spelled}`
}
