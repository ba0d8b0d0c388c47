import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findPython, installRequirements, type Python } from '../../src/process/python-packages.ts'

const PATH = process.env['PATH'] ?? '/usr/bin:/bin'
/** Not in node_modules, which `npm ci` empties. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'catamaran-test')
/** A run without a network is told so soon; pip would ask again for minutes. */
const PATIENCE = { PIP_RETRIES: '1', PIP_DEFAULT_TIMEOUT: '15', UV_HTTP_TIMEOUT: '15' }

/** The machine's Python, or why there is none. */
export async function machinePython(): Promise<Python | string> {
  return findPython(undefined, PATH).catch((error: unknown) => `no Python: ${String(error)}`)
}

/** The folder with the packages, kept between runs; rejects with why they cannot be had. */
export async function pythonPackages(requirementsFile: string): Promise<string> {
  const { path } = await findPython(undefined, PATH)
  await mkdir(CACHE, { recursive: true })
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  return installRequirements({
    requirementsFile,
    python: path,
    cacheDir: CACHE,
    env: { ...PATIENCE, ...env },
    onProgress() {},
  })
}
