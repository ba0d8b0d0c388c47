import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findPython, installRequirements, type Python } from '../../src/process/python-packages.ts'

const PATH = process.env['PATH'] ?? '/usr/bin:/bin'
const CACHE = fileURLToPath(
  new URL('../../../../node_modules/.cache/catamaran-test', import.meta.url),
)

/** The machine's Python, or why there is none. */
export async function machinePython(): Promise<Python | string> {
  return findPython(undefined, PATH).catch((error: unknown) => `no Python: ${String(error)}`)
}

/** The folder with the packages, kept between runs, or why they cannot be had. */
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
    env,
    onProgress() {},
  })
}
