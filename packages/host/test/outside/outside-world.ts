// A host that was started empty, and programs that meet it under `catamaran exec`.
import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collect, type CommandResult } from '../support/command.ts'
import { startUp, type UpHost } from '../support/up.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))
/** The programs of this folder and the article's: what runs here is a file as it lies there. */
export const PROGRAMS = fileURLToPath(new URL('programs', import.meta.url))
export const ARTICLE = fileURLToPath(new URL('article', import.meta.url))

/** A program's own; a machine that is busy with other tests takes several times as long as one at rest. */
export const RUN_LIMIT_MS = 90_000

export interface OutsideWorld extends AsyncDisposable {
  readonly host: UpHost
  /** Runs a program to its end as `catamaran exec -- COMMAND`. */
  exec(command: readonly string[], options?: ExecOptions): Promise<CommandResult>
  /** Puts an object where the host looks for what S3 would hold. */
  putObject(bucket: string, key: string, content: Uint8Array): Promise<void>
}

export interface ExecOptions {
  readonly cwd?: string
  readonly limitMs?: number
  readonly env?: Readonly<Record<string, string>>
}

/** The database is a file, unless a URL says where else. */
export async function startOutsideWorld(database?: string): Promise<OutsideWorld> {
  const host = await startUp(
    '--empty',
    [],
    database === undefined ? {} : { CATAMARAN_DATABASE: database },
  )
  return {
    host,
    exec: (command, options) => exec(host, command, options),
    async putObject(bucket, key, content) {
      const file = join(host.home, 'data/buckets', bucket, key)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
    },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  }
}

/** The program gets nothing that points at a host: what it needs for that, `exec` must give it. */
async function exec(
  host: UpHost,
  command: readonly string[],
  { cwd, env = {}, limitMs = RUN_LIMIT_MS }: ExecOptions = {},
): Promise<CommandResult> {
  const { PATH = '', LANG = 'C.UTF-8', TMPDIR = '/tmp' } = process.env
  const child = spawn(process.execPath, [CATAMARAN, 'exec', '--', ...command], {
    env: { PATH, LANG, TMPDIR, HOME: host.home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  })
  const limit = setTimeout(() => child.kill('SIGTERM'), limitMs)
  try {
    return await collect(child)
  } finally {
    clearTimeout(limit)
  }
}
