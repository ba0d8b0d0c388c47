import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The script behind a package's command, to be run with the Node that runs the tests. */
export function binOf(packageName: string, command: string): string {
  const folder = findPackage(packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin: string | Readonly<Record<string, string>>
  }
  const script = typeof bin === 'string' ? bin : bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(folder, script)
}

/** Many packages export neither their package.json nor a main file, so the folders are searched. */
function findPackage(packageName: string): string {
  for (const folder of require.resolve.paths(packageName) ?? []) {
    const candidate = join(folder, packageName)
    try {
      readFileSync(join(candidate, 'package.json'))
      return candidate
    } catch {
      // not in this folder; the next one is its parent's
    }
  }
  throw new Error(`${packageName} is not installed (looked up from ${dirname(import.meta.url)})`)
}
