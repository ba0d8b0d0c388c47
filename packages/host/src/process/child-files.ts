// The files that run inside children. They live outside `src` because they are not part of the host's
// import graph: a child imports them, under its own Node.
import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** The folder that has all of them. */
export const RUNTIMES_DIR = fileURLToPath(new URL('../../runtimes/', import.meta.url))

/** The path of a script under `runtimes/`; without an extension, as source or as built. */
export function runtimeFile(name: string): string {
  return join(RUNTIMES_DIR, extname(name) === '' ? `${name}${EXTENSION}` : name)
}

/** The path of a folder under `runtimes/`. */
export function runtimeFolder(name: string): string {
  return join(RUNTIMES_DIR, name)
}

/** The URL of a script under `runtimes/`, for `--import`. */
export function runtimeUrl(name: string): string {
  return pathToFileURL(runtimeFile(name)).href
}

/** Node flags that let files in `dir` import our packages although they are not installed there. */
export function fallbackImports(dir: string): readonly string[] {
  return isInstalled('@catamaran/tools', dir) && isInstalled('zod', dir)
    ? []
    : [`--import=${runtimeUrl('resolve-fallback')}`]
}

function isInstalled(name: string, dir: string): boolean {
  if (existsSync(join(dir, 'node_modules', name))) return true
  const parent = dirname(dir)
  return parent !== dir && isInstalled(name, parent)
}
