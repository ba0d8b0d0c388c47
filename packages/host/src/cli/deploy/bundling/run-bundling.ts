import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { contentHash, openBundleCache } from './bundle-cache.ts'
import type { DockerRun } from './docker-arguments.ts'
import { WORK_VARIABLE } from './engine-variable.ts'
import type { KnownImage } from './image-language.ts'
import { runInGroup } from './run-in-group.ts'
import { writeTools } from './tool-folder.ts'
import { names } from './tool-scripts.ts'

export interface Bundling {
  readonly run: DockerRun
  readonly image: KnownImage
  readonly cacheDir: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
}

/** What takes long and is the same for the same files: worth keeping. */
const INSTALLERS = ['pip', 'pip3', 'uv', 'poetry', 'pipenv', 'npm', 'yarn', 'pnpm', 'bun']
const LIMIT_MS = 30 * 60_000

/**
 * Does here what the CDK wanted done in a container: the same command, its paths pointing at the folders
 * that would have been mounted, and this machine's interpreter, which is the one that runs the result.
 */
export async function runBundling(bundling: Bundling): Promise<void> {
  const { run, cacheDir, env, onLine } = bundling
  const folder = await mkdtemp(join(env[WORK_VARIABLE] || tmpdir(), 'catamaran-bundling-'))
  try {
    const command = await mapPaths(run, folder)
    const text = command.join(' ')
    const tools = join(folder, 'bin')
    const interpreter = await writeTools({
      image: bundling.image,
      command: text,
      folder: tools,
      cacheDir: join(cacheDir, 'tools'),
      env,
      onLine,
    })
    const output = run.volumes.find(({ to }) => to === OUTPUT)?.from
    const inputs = run.volumes.filter(({ to }) => to !== OUTPUT).map(({ from }) => from)
    const isKept = output !== undefined && INSTALLERS.some((it) => names(text, it))
    const cache = openBundleCache(join(cacheDir, 'bundles'))
    const key = isKept
      ? await contentHash(inputs, [
          run.command,
          run.env,
          run.workingDirectory,
          interpreter.version,
          process.platform,
          process.arch,
        ])
      : ''
    if (isKept && (await cache.restore(key, output))) return
    await start({ bundling, command, tools, folder })
    if (output === undefined) return
    // an empty folder would be taken for the finished asset by the next run
    if ((await readdir(output)).length === 0) {
      throw new HostError(
        'ERR_TARGET_FAILED',
        `Nothing was written to ${OUTPUT} by: ${run.command.join(' ')}`,
      )
    }
    if (isKept && interpreter.python) await compilePython(interpreter.python, output, env)
    if (isKept) await cache.keep(key, output)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const OUTPUT = '/asset-output'

/**
 * Compiled files that pip leaves are good for files of one time, and that is lost on the way through an
 * archive: every start would compile everything again. These hold as long as the bundle does.
 */
async function compilePython(python: string, folder: string, env: Bundling['env']): Promise<void> {
  const args = [
    '-m',
    'compileall',
    '-q',
    '-j',
    '0',
    '--invalidation-mode',
    'unchecked-hash',
    folder,
  ]
  // what does not compile (packages bring tests and templates) is none of our business
  await runInGroup({ file: python, args, env, cwd: folder }, { limitMs: LIMIT_MS })
}

/** Installers say what they install, and leave out what nobody can act on here. */
const QUIET = {
  // pip reads what switches a default off the other way round: 0 for --no-…
  PIP_NO_COMPILE: '0', // done below, in another way
  PIP_NO_WARN_CONFLICTS: '0', // with what this machine has installed, which the function will not see
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_NO_INPUT: '1',
  PIP_PROGRESS_BAR: 'off',
  PIP_ROOT_USER_ACTION: 'ignore',
  NPM_CONFIG_AUDIT: 'false',
  NPM_CONFIG_FUND: 'false',
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
}

interface Start {
  readonly bundling: Bundling
  readonly command: readonly string[]
  readonly tools: string
  readonly folder: string
}

async function start({ bundling, command, tools, folder }: Start): Promise<void> {
  const { run, env, onLine } = bundling
  const [file, ...args] = command
  if (file === undefined) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      `Bundling with ${run.image} names no command, and what the image does by itself is not known here`,
    )
  }
  const home = join(folder, 'work')
  await mkdir(home)
  const mapped = Object.entries(run.env).map(([name, value]) => [name, mapText(value, run, folder)])
  const inside = run.workingDirectory ?? '/asset-input'
  const cwd = mapText(inside, run, folder)
  const { exit, lines } = await runInGroup(
    {
      file,
      args,
      cwd: cwd === inside ? home : cwd, // a folder that only the container has
      env: {
        ...QUIET,
        ...env,
        ...Object.fromEntries(mapped),
        PATH: `${tools}:${env['PATH'] ?? ''}`,
      },
    },
    { limitMs: LIMIT_MS, onLine },
  )
  if (exit.exitCode === 0) return
  const how = exit.exitCode === null ? `was ended by ${exit.signal}` : `failed (${exit.exitCode})`
  const hint = lines.some((line) => line.includes('No module named pip'))
    ? '\nThis Python has no pip: install it (python3 -m ensurepip), or install uv and call that'
    : ''
  throw new HostError(
    'ERR_TARGET_FAILED',
    `The bundling command ${how}: ${command.join(' ')}${hint}`,
  )
}

async function mapPaths(run: DockerRun, folder: string): Promise<readonly string[]> {
  await Promise.all(
    run.volumes.map(async ({ from }, index) => {
      if (!isPlain(from)) await symlink(from, linkOf(folder, index))
    }),
  )
  return run.command.map((word) => mapText(word, run, folder))
}

/** Paths of the container become paths of this machine, wherever a text names them. */
function mapText(text: string, { volumes }: DockerRun, folder: string): string {
  return volumes.reduce((mapped, { from, to }, index) => {
    const escaped = to.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const path = isPlain(from) ? from : linkOf(folder, index)
    return mapped.replaceAll(
      new RegExp(String.raw`(?<![\w.-])${escaped}(?![\w.-])`, 'g'),
      () => path,
    )
  }, text)
}

/** Whether a path can stand in a shell command that was written for another one, without quotes. */
function isPlain(path: string): boolean {
  return /^[\w./@%+=:,-]+$/.test(path)
}

function linkOf(folder: string, index: number): string {
  return join(folder, `volume-${index}`)
}
