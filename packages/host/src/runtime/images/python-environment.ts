// The Python packages of an image: a virtual environment, made once for the same installations and shared
// by the images that ask for them. Installers keep caches of their own, so that what was fetched once
// is not fetched again.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import { withLockFile } from '../../process/lock-file.ts'
import { findPython, installRequirements } from '../../process/python-packages.ts'
import { runToEnd } from '../../process/run-to-end.ts'
import { argumentInImage, placeInImage } from './image-path.ts'
import type { PythonInstall } from './image-plan.ts'
import { readSmallFile } from './read-small-file.ts'
import { isSharedInstall } from './shared-install.ts'
import { uvSettings } from './uv-settings.ts'

/** An installation, and the folder that stands for its image's root. */
export interface PlacedInstall {
  readonly install: PythonInstall
  readonly root: string
}

export interface PythonEnvironmentOptions {
  /** As the base image has it, `3.13`; undefined for any. */
  readonly version: string | undefined
  readonly installs: readonly PlacedInstall[]
  /** Names the image: packages made of its own files belong to it alone. */
  readonly imageKey: string
  readonly dir: string
  readonly installerEnvironment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

const INSTALL_MS = 15 * 60_000
const PROBE_MS = 10_000
const DONE = '.complete'
/**
 * Loads what moves the server's port, where the host has put it into PYTHONPATH. Launchers such as
 * opentelemetry-instrument bring a sitecustomize of their own, which Python takes instead of the host's;
 * a virtual environment has no usercustomize; what it always reads are `.pth` files.
 */
const PORT_MOVER = {
  name: 'catamaran.pth',
  text: "import importlib.util; importlib.util.find_spec('catamaran_contract_port') and __import__('catamaran_contract_port')\n",
}
const KEPT_LINES = 15
/** A list of requirements, or a uv.lock. */
const MAX_LIST_BYTES = 5_000_000

/** The folder of the virtual environment; its interpreter is `bin/python`. */
export async function makePythonEnvironment(options: PythonEnvironmentOptions): Promise<string> {
  const { version, installs, installerEnvironment, dir, signal } = options
  const asked = version === undefined ? undefined : `python${version}`
  const python = await findPython(asked, installerEnvironment['PATH'] ?? '')
  const steps = await Promise.all(
    installs.map((placed) => describeInstall(placed, options.imageKey)),
  )
  const about = [python, process.platform, process.arch, PORT_MOVER, steps]
  const key = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32)
  const environment = join(dir, key)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if (await isComplete(environment)) return environment
  await withLockFile(`${environment}.lock`, async () => {
    if (await isComplete(environment)) return
    try {
      // Its programs name it by its path, so it is made where it stays; the mark comes last.
      await rm(environment, { recursive: true, force: true })
      const make = [python.path, '-m', 'venv', '--without-pip', environment]
      await run(make, dir, options, 'Making a virtual environment')
      await writeFile(
        join(environment, sitePackages(python.version), PORT_MOVER.name),
        PORT_MOVER.text,
      )
      const installer = await findInstaller(installs, python.path, options)
      for (const placed of installs) await runInstall(placed, environment, installer, options)
      await writeFile(join(environment, DONE), '')
    } catch (error) {
      throw explainVersion(error, version, python.version)
    }
  })
  signal.throwIfAborted()
  return environment
}

function sitePackages(version: string): string {
  const [major, minor] = version.split('.')
  return join('lib', `python${major}.${minor}`, 'site-packages')
}

/** Packages may ask for the Python that the image would have had. */
function explainVersion(error: unknown, asked: string | undefined, version: string): unknown {
  const isOther = asked !== undefined && !version.startsWith(`${asked}.`)
  if (!(error instanceof HostError) || !isOther) return error
  const message = `The image is made for Python ${asked}, this machine has ${version}. ${error.message}`
  return new HostError(error.code, message, { cause: error })
}

function isComplete(environment: string): Promise<boolean> {
  return readFile(join(environment, DONE)).then(
    () => true,
    () => false,
  )
}

/** Everything that decides what an installation gives. */
async function describeInstall(
  { install, root }: PlacedInstall,
  imageKey: string,
): Promise<unknown> {
  const { tool, args, workdir } = install
  const read = (name: string) => readSmallFile(placeInImage(name, workdir, root), MAX_LIST_BYTES)
  const named = tool === 'uv sync' ? ['pyproject.toml', 'uv.lock'] : args
  const files = await Promise.all(named.map(read)) // most arguments are no file's name
  return [tool, args, files, (await isSharedInstall(install, read)) ? undefined : imageKey]
}

interface Installer {
  readonly uv: string | undefined
  readonly python: string
  readonly environment: Readonly<Record<string, string>>
}

/** uv where it is there, or where only it can do what the Dockerfile asks for; pip otherwise. */
async function findInstaller(
  installs: readonly PlacedInstall[],
  python: string,
  { installerEnvironment: env, dir }: PythonEnvironmentOptions,
): Promise<Installer> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((it) => it !== '')) {
    const uv = join(folder, 'uv')
    const probe = await runToEnd(
      { file: uv, args: ['--version'], env, cwd: '/' },
      { limitMs: PROBE_MS },
    ).catch(() => undefined) // it is not in this folder
    if (probe?.exit.exitCode === 0) return { uv, python, environment: env }
  }
  if (!installs.some(needsUv)) return { uv: undefined, python, environment: env }
  const requirementsFile = join(dir, 'uv.txt')
  await writeFile(requirementsFile, 'uv\n')
  const tools = await installRequirements({
    requirementsFile,
    python,
    env,
    cacheDir: join(dir, 'tools'),
    onProgress: () => undefined,
  })
  const environment = { ...(await uvSettings(python, env)), ...env }
  return { uv: join(tools, 'bin', 'uv'), python, environment }
}

function needsUv({ install: { tool, args } }: PlacedInstall): boolean {
  return (
    tool === 'uv sync' || args.some((word) => word.endsWith('pyproject.toml') || word === '--extra')
  )
}

async function runInstall(
  { install: { tool, args, workdir, line }, root }: PlacedInstall,
  environment: string,
  { uv, python, environment: env }: Installer,
  options: PythonEnvironmentOptions,
): Promise<void> {
  const cwd = join(root, workdir)
  const words = args.map((word) => argumentInImage(word, workdir, root))
  const target = join(environment, 'bin', 'python')
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off']
  const command =
    uv === undefined
      ? [python, '-m', 'pip', '--python', target, 'install', ...quiet, ...words]
      : tool === 'uv sync'
        ? [uv, 'sync', '--python', target, '--no-editable', ...words]
        : [uv, 'pip', 'install', '--python', target, ...words]
  await run(command, cwd, options, `Dockerfile line ${line}: ${tool} ${args.join(' ')}`, {
    ...env,
    UV_PROJECT_ENVIRONMENT: environment,
    VIRTUAL_ENV: environment,
  })
}

async function run(
  [file = '', ...args]: readonly string[],
  cwd: string,
  { installerEnvironment, signal }: PythonEnvironmentOptions,
  what: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { exit, lines } = await runToEnd(
    { file, args, env: { ...installerEnvironment, ...more }, cwd },
    { limitMs: INSTALL_MS, signal },
  )
  signal.throwIfAborted()
  if (exit.exitCode === 0) return
  const reason = lines.slice(-KEPT_LINES).join('\n')
  throw new HostError('ERR_TARGET_FAILED', `${what} failed:\n${reason}`)
}
