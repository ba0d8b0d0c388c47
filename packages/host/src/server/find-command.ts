import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError } from '../kernel/host-error.ts'
import { TYPESCRIPT_FLAGS } from '../process/typescript-flags.ts'
import { fallbackImports } from '../process/child-files.ts'
import type { AppRuntime } from './read-app.ts'

/** The argv that starts an agent runtime's process, its program found. */
export async function findCommand(
  { command, server }: AppRuntime,
  cwd: string,
  path: string,
): Promise<readonly string[]> {
  if (server !== undefined) {
    const script = fileURLToPath(import.meta.resolve('@catamaran/tools/serve-file'))
    const file = resolve(cwd, server.split('/').at(-1) ?? server)
    return [process.execPath, ...SERVER_FLAGS, ...fallbackImports(cwd), script, file]
  }
  const [program = '', ...args] = command ?? []
  if (program === 'node') return [process.execPath, ...args]
  if (/^python(?:3(?:\.\d+)?)?$/.test(program)) {
    const { findPython } = await import('../process/python-packages.ts')
    const { path: python } = await findPython(program === 'python' ? undefined : program, path)
    return [python, ...args]
  }
  return [findProgram(program, cwd, path), ...args]
}

/**
 * A session mostly waits, so an idle one should be small (measured: 70 MB without these, 58 MB with
 * them): a small young generation, one collection after the start, and no optimizing compilers for the
 * work of starting. The preload turns those on as soon as the server listens.
 */
const SERVER_FLAGS = [
  '--max-semi-space-size=1',
  '--expose-gc',
  '--no-opt',
  '--no-maglev',
  ...TYPESCRIPT_FLAGS,
]

function findProgram(program: string, cwd: string, path: string): string {
  const candidates = program.includes('/')
    ? [isAbsolute(program) ? program : join(cwd, program)]
    : path.split(delimiter).map((dir) => join(dir, program))
  const found = candidates.find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new HostError(
    'ERR_NOT_FOUND',
    `The runtime's command ${program} was not found; looked in ${program.includes('/') ? cwd : 'PATH'}`,
  )
}
