import { join } from 'node:path'

type Code = { readonly codeDir: string; readonly layers: readonly string[] }

// Lambda unpacks all layers into /opt, so that the same file in a later one wins. Here each stays a
// folder of its own and the later ones are searched first, which is the same for everything that is
// found by a search path and different for code that opens `/opt/…` itself.

/** Folders of a layer that Node searches (Lambda developer guide, "Working with layers"). */
export function nodePath({ codeDir, layers }: Code, nodeMajor: string): readonly string[] {
  return [
    ...fromLayers(layers, `nodejs/node${nodeMajor}/node_modules`, 'nodejs/node_modules'),
    codeDir,
  ]
}

/** Folders of a layer that Python searches, then installed packages; the code itself comes first. */
export function pythonPath(
  { layers, pythonPath: packages = [] }: Code & { readonly pythonPath?: readonly string[] },
  version: string,
): readonly string[] {
  return [...fromLayers(layers, `python/lib/python${version}/site-packages`, 'python'), ...packages]
}

/** Folders with programs, before the system's own. */
export function binPath({ layers }: Code, own: readonly string[], system: string): string {
  return [...own, ...fromLayers(layers, 'bin'), system].join(':')
}

/** Folders with shared libraries. */
export function libraryPath({ codeDir, layers }: Code): string {
  return [codeDir, join(codeDir, 'lib'), ...fromLayers(layers, 'lib')].join(':')
}

function fromLayers(layers: readonly string[], ...folders: readonly string[]): string[] {
  return layers.toReversed().flatMap((layer) => folders.map((folder) => join(layer, folder)))
}
