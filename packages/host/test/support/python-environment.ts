// Python with the packages of the outside clients: installed once into a cache, shared by all tests and
// all runs, also when several ask at once.
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { machinePython, pythonPackages } from './python.ts'

/** The sets in `test/outside/requirements`. */
export type RequirementSet = 'newest' | 'oldest'
export const REQUIREMENT_SETS: readonly RequirementSet[] = ['newest', 'oldest']

export interface PythonEnvironment {
  /** `3.13.1` */
  readonly version: string
  /** The interpreter. */
  readonly python: string
  /** PATH (with the packages' own commands, such as `aws`) and PYTHONPATH. */
  readonly env: Readonly<Record<string, string>>
}

/** The environment, or why this machine cannot have it. */
export async function pythonEnvironment(set: RequirementSet): Promise<PythonEnvironment | string> {
  const python = await machinePython()
  if (typeof python === 'string') return python
  const file = fileURLToPath(new URL(`../outside/requirements/${set}.txt`, import.meta.url))
  try {
    const packages = await pythonPackages(file)
    const path = [join(packages, 'bin'), process.env['PATH']].join(delimiter)
    return {
      version: python.version,
      python: python.path,
      env: { PATH: path, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
    }
  } catch (error) {
    // The last line of what the installer said: it ends with what it could not get.
    return `the Python packages cannot be installed: ${String(error).trim().split('\n').at(-1)}`
  }
}
