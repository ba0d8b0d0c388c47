// Directly deployed code (AgentCore developer guide, direct code deployment): how an unpacked archive is
// started. What differs from AWS: NODE_22 runs under the Node that runs this host, which is 22.13 or
// newer; PYTHON_3_x under that Python when the machine has it, otherwise under its newest; both for the
// machine's own processor, so native modules must be made for it. A .ts file runs, too. Dependencies
// are vendored in the archive, as at AWS: nothing is installed.
import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { TYPESCRIPT_FLAGS } from '../process/typescript-flags.ts'
import type { CodeConfiguration } from './agent-runtime-record.ts'

/** Where launchers are: packages installed with `--target`, virtual environments, npm. */
const LAUNCHER_FOLDERS = {
  python: ['bin', 'python/bin', '.venv/bin', 'site-packages/bin'],
  node: ['node_modules/.bin', 'bin'],
} as const

const SCRIPTS = {
  python: ['.py'],
  node: ['.js', '.mjs', '.cjs', '.ts', '.mts'],
} as const

/** Refuses an entry point that can never start, before anything is unpacked. */
export function checkEntryPoint({ runtime, entryPoint }: CodeConfiguration): void {
  const language = languageOf(runtime)
  const script = entryPoint.at(-1) ?? ''
  const isScript = SCRIPTS[language].some((extension) => extension === extname(script))
  if (isScript && entryPoint.every(isPathInside)) return
  throw new HostError(
    'ERR_INVALID_INPUT',
    `entryPoint must end with a ${SCRIPTS[language].join(', ')} file in the archive, for ${runtime}`,
  )
}

/** The argv and the variables that start the code in `dir`. */
export async function codeCommand(
  { runtime, entryPoint }: CodeConfiguration,
  dir: string,
  path: string,
): Promise<{
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}> {
  const [first = '', second] = entryPoint
  const language = languageOf(runtime)
  const script = second ?? first
  await checkFile(dir, script)
  const launcher = second === undefined ? undefined : await findLauncher(dir, first, language)
  if (language === 'node') {
    const flags = script.endsWith('ts') ? TYPESCRIPT_FLAGS : []
    const start = launcher === undefined ? [] : [launcher]
    return { command: [process.execPath, ...flags, ...start, script], environment: {} }
  }
  const { findPython } = await import('../process/python-packages.ts')
  const asked = runtime.replace('PYTHON_3_', 'python3.')
  const { path: python } = await findPython(asked, path)
  // A launcher starts a program, and gets the one that it runs in: its own first line names the
  // interpreter of the machine where it was installed.
  const command =
    launcher === undefined ? [python, script] : [python, launcher, python, join(dir, script)]
  return { command, environment: { PYTHONPATH: dir } }
}

function languageOf(runtime: CodeConfiguration['runtime']): 'node' | 'python' {
  return runtime === 'NODE_22' ? 'node' : 'python'
}

function isPathInside(text: string): boolean {
  return !text.startsWith('/') && !text.startsWith('-') && !text.split('/').includes('..')
}

async function checkFile(dir: string, script: string): Promise<void> {
  if (await isFile(join(dir, script))) return
  throw new HostError('ERR_NOT_FOUND', `The entry point ${script} is not in the archive`)
}

async function findLauncher(
  dir: string,
  launcher: string,
  language: 'node' | 'python',
): Promise<string> {
  for (const folder of LAUNCHER_FOLDERS[language]) {
    const file = join(dir, folder, launcher)
    if (await isFile(file)) return file
  }
  throw new HostError(
    'ERR_NOT_FOUND',
    `The launcher ${launcher} is not in the archive (looked in ${LAUNCHER_FOLDERS[language].join(', ')}); ` +
      'put its package into the archive, or name the file alone in entryPoint',
  )
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
