// Python interpreters and the packages a `requirements.txt` names.
import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { findProgram } from './find-program.ts'
import { withLockFile } from './lock-file.ts'
import { runToEnd, type EndedRun } from './run-to-end.ts'

export interface Python {
  /** The interpreter itself, not a shim that looks for it. */
  readonly path: string
  /** `3.13.1` */
  readonly version: string
}

export interface RequirementsInstall {
  readonly requirementsFile: string
  /** Path of the interpreter the packages are for. */
  readonly python: string
  readonly cacheDir: string
  /** PATH, HOME, proxies: what the installers need and nothing else. */
  readonly env: Readonly<Record<string, string>>
  readonly onProgress: (line: string) => void
}

const PROBE = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])'
const PROBE_LIMIT_MS = 10_000
const INSTALL_LIMIT_MS = 15 * 60_000
const OLDEST_MINOR = 8

const found = new Map<string, Promise<Python>>()

/** The interpreter of the asked minor version (`python3.13`), else the newest Python 3 in `path`. */
export async function findPython(asked: string | undefined, path: string): Promise<Python> {
  const key = `${asked}\n${path}`
  const known = found.get(key)
  if (known !== undefined) return known
  const search = searchPython(asked, path)
  found.set(key, search)
  search.catch(() => found.delete(key)) // it may be installed by the next time
  return search
}

/**
 * Installs a `requirements.txt` once and returns the folder for PYTHONPATH. The same content for the
 * same interpreter is never installed twice, also not by two hosts at once.
 */
export async function installRequirements(install: RequirementsInstall): Promise<string> {
  const content = await readFile(install.requirementsFile, 'utf8').catch((cause: unknown) => {
    const name = basename(install.requirementsFile)
    throw new HostError('ERR_INVALID_INPUT', `${name} cannot be read`, { cause })
  })
  const { version } = await probe(install.python, install.env)
  const key = createHash('sha256')
    .update(JSON.stringify([content, version, process.platform, process.arch]))
    .digest('hex')
    .slice(0, 32)
  const target = join(install.cacheDir, key)
  if (await exists(target)) return target
  await mkdir(install.cacheDir, { recursive: true })
  await withLockFile(`${target}.lock`, async () => {
    if (await exists(target)) return
    if (namesNothing(content)) await mkdir(target)
    else await installTo(target, install)
  })
  return target
}

function namesNothing(requirements: string): boolean {
  return requirements.split('\n').every((line) => /^\s*(?:#|$)/.test(line))
}

/** The folder appears whole or not at all: an install that was interrupted is not mistaken for one. */
async function installTo(target: string, install: RequirementsInstall): Promise<void> {
  const { requirementsFile, env, onProgress } = install
  const partial = `${target}.${randomUUID()}.partial`
  const command = await findInstaller(install, partial)
  onProgress(`Installing ${basename(requirementsFile)} with ${command.name}`)
  try {
    const { exit, lines } = await runToEnd(
      { file: command.file, args: command.args, env, cwd: dirname(requirementsFile) },
      { limitMs: INSTALL_LIMIT_MS, onLine: onProgress },
    )
    if (exit.exitCode !== 0) throw installFailure(install, lines)
    await mkdir(partial, { recursive: true }) // markers may have left nothing to install
    await rename(partial, target).catch(async (error: unknown) => {
      if (!(await exists(target))) throw error // another host was faster
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function findInstaller({ env, python, requirementsFile }: RequirementsInstall, into: string) {
  const uv = await findProgram('uv', env['PATH'] ?? '')
  const files = ['--target', into, '--requirement', requirementsFile]
  if (uv !== undefined) {
    return { name: 'uv', file: uv, args: ['pip', 'install', '--python', python, ...files] }
  }
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off']
  return { name: 'pip', file: python, args: ['-m', 'pip', 'install', ...quiet, ...files] }
}

function installFailure(install: RequirementsInstall, lines: readonly string[]): HostError {
  const name = basename(install.requirementsFile)
  if (lines.some((line) => line.includes('No module named pip'))) {
    return new HostError(
      'ERR_NOT_FOUND',
      `${name} cannot be installed: neither uv nor pip is there. Install uv (https://docs.astral.sh/uv/), or run ${install.python} -m ensurepip`,
    )
  }
  const last = lines.slice(-15).join('\n')
  return new HostError('ERR_TARGET_FAILED', `${name} cannot be installed:\n${last}`)
}

async function searchPython(asked: string | undefined, path: string): Promise<Python> {
  const env = { PATH: path }
  const exact = asked && /^python3\.\d+$/.test(asked) && (await findProgram(asked, path))
  if (exact) {
    const python = await probe(exact, env).catch(() => undefined) // a shim without an interpreter
    if (python !== undefined) return python
  }
  const { programs, scripts } = await listPythons(path)
  const newest = (await probeNewest(programs, env)) ?? (await probeNewest(scripts, env))
  if (newest !== undefined && minorOf(newest) >= OLDEST_MINOR) return newest
  throw new HostError(
    'ERR_NOT_FOUND',
    `No Python 3.${OLDEST_MINOR} or newer was found in PATH; install ${asked ?? 'python3'}`,
  )
}

async function probeNewest(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Python | undefined> {
  const probed = await Promise.allSettled(files.map((file) => probe(file, env)))
  const pythons = probed.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))
  return pythons.sort((a, b) => minorOf(b) - minorOf(a))[0]
}

/**
 * Version managers put a script for every version they ever had into PATH, and most of them only say
 * that it is not there, slowly. The plain `python3` is the one its user has chosen.
 */
async function listPythons(path: string) {
  const programs = new Map<string, string>()
  const scripts = new Map<string, string>()
  for (const folder of path.split(':').filter((it) => it !== '')) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter((it) => /^python3(?:\.\d+)?$/.test(it))) {
      const file = join(folder, name)
      const real = await realpath(file).catch(() => undefined)
      if (real === undefined) continue
      const kind = name === 'python3' || !(await isScript(real)) ? programs : scripts
      // Under its first name: a virtual environment's link to an interpreter is more than that.
      if (!kind.has(real)) kind.set(real, file)
    }
  }
  return { programs: [...programs.values()], scripts: [...scripts.values()] }
}

async function isScript(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return true
  await using _ = handle
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return buffer.toString() === '#!'
}

async function probe(file: string, env: Readonly<Record<string, string>>): Promise<Python> {
  const { exit, lines } = await runProbe(file, env)
  const [path, version] = lines
  if (exit.exitCode !== 0 || path === undefined || version === undefined) {
    throw new HostError('ERR_NOT_FOUND', `${file} is not a Python that runs`)
  }
  return { path, version }
}

function runProbe(file: string, env: Readonly<Record<string, string>>): Promise<EndedRun> {
  return runToEnd({ file, args: ['-c', PROBE], env, cwd: '/' }, { limitMs: PROBE_LIMIT_MS })
}

function minorOf({ version }: Python): number {
  return Number(version.split('.')[1])
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
