// What Lambda brings along, from the registries: installed once into a cache, shared by all tests and
// all runs.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createPackageProvider } from '../../src/functions/provided-packages.ts'
import { machinePython } from './python.ts'

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'catamaran-test')

/** The folder that a host's `packages` can be, or why this machine cannot have it. */
export async function lambdaPackages(): Promise<{ readonly dir: string } | string> {
  const python = await machinePython()
  if (typeof python === 'string') return python
  const dir = join(CACHE, 'lambda-packages')
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  const provide = createPackageProvider({ cacheDir: dir, env })
  const asked = { functionArn: 'test', onProgress: () => {} }
  try {
    await provide({ name: '@aws-sdk/client-lambda', ...asked })
    await provide({ name: 'boto3', python: python.path, ...asked })
    return { dir }
  } catch (error) {
    return `a package registry does not answer: ${String(error).trim().split('\n').at(-1)}`
  }
}
