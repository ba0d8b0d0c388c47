// Packages of the npm registry, installed once each.
import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { findProgram } from './find-program.ts'
import { withLockFile } from './lock-file.ts'
import { runToEnd } from './run-to-end.ts'

export interface PackageInstall {
  /** `@aws-sdk/client-s3` */
  readonly name: string
  /** What the registry resolves: a range or a tag. */
  readonly range: string
  readonly cacheDir: string
  /** PATH, HOME, proxies: what npm needs and nothing else. */
  readonly env: Readonly<Record<string, string>>
  readonly onProgress: (line: string) => void
}

const INSTALL_LIMIT_MS = 5 * 60_000

/**
 * Installs a package with what it depends on and returns the folder that has it in its
 * `node_modules`. What was installed stays as it is, also when the registry has something newer.
 */
export async function installNodePackage(install: PackageInstall): Promise<string> {
  const { name, range, cacheDir } = install
  const target = join(cacheDir, `npm-${`${name}@${range}`.replaceAll('/', '+')}`)
  if (await exists(target)) return target
  await mkdir(cacheDir, { recursive: true })
  await withLockFile(`${target}.lock`, async () => {
    if (!(await exists(target))) await installTo(target, install)
  })
  return target
}

/** The folder appears whole or not at all. */
async function installTo(target: string, install: PackageInstall): Promise<void> {
  const { name, range, env, onProgress } = install
  const npm = await findProgram('npm', env['PATH'] ?? '')
  if (npm === undefined) {
    throw new HostError(
      'ERR_NOT_FOUND',
      `${name} cannot be installed: npm was not found in PATH. Install Node.js with npm`,
    )
  }
  const partial = `${target}.${randomUUID()}.partial`
  await mkdir(partial)
  onProgress(`Installing ${name} with npm`)
  try {
    const { exit, lines } = await runToEnd(
      {
        file: npm,
        args: [...NPM_INSTALL, '--prefix', partial, `${name}@${range}`],
        env,
        cwd: partial,
      },
      { limitMs: INSTALL_LIMIT_MS },
    )
    if (exit.exitCode !== 0) throw installFailure(name, lines)
    await rename(partial, target)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** One retry: a machine without a network should be told so soon. */
const NPM_INSTALL = [
  'install',
  '--no-save',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--ignore-scripts',
  '--omit=dev',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--loglevel=error',
]

function installFailure(name: string, lines: readonly string[]): HostError {
  const last = lines.filter((line) => !line.includes('complete log of this run')).slice(-8)
  return new HostError(
    'ERR_TARGET_FAILED',
    `${name} cannot be installed from the npm registry:\n${last.join('\n')}`,
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
