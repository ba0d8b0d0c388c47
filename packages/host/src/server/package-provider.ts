import { join } from 'node:path'
import type { ProvidePackage } from '../functions/provided-packages.ts'
import { installerEnvironment } from './installer-environment.ts'

/** What Lambda's runtimes bring along, for the functions of a host; loaded when the first one asks. */
export function packageProvider(dataDir: string): ProvidePackage {
  let provide: Promise<ProvidePackage> | undefined
  const load = async () => {
    const { createPackageProvider } = await import('../functions/provided-packages.ts')
    const cacheDir = join(dataDir, 'packages')
    return createPackageProvider({ cacheDir, env: installerEnvironment(dataDir) })
  }
  return async (wanted) => (await (provide ??= load()))(wanted)
}
