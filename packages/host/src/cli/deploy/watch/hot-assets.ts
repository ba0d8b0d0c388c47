// Which files of an app are, unchanged, the code of which resource. The assembly does not say where an
// asset came from; it is found by its content, so that what the CDK left out of it stays left out.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { listFiles, type ListedFile } from '../assets/list-files.ts'
import type { FileAsset } from '../cdk/asset-manifest.ts'
import { isObject } from '../cdk/read-json-file.ts'
import type { ReadStack } from '../stack-source.ts'
import { isSkippedFolder } from './watch-folder.ts'

export interface HotAsset {
  readonly asset: FileAsset
  /** The folder it was taken from. */
  readonly sourceDir: string
  /** Names relative to that folder. */
  readonly names: readonly string[]
}

/** The assets of stacks whose files stand in `dir` as they are deployed: whoever changes one changes no more. */
export async function findHotAssets(
  stacks: readonly ReadStack[],
  dir: string,
): Promise<readonly HotAsset[]> {
  const candidates = stacks.flatMap((stack) => plainAssets(stack))
  if (candidates.length === 0) return []
  const files = await listFiles(dir, isSkippedFolder)
  const byPath = new Map(files.map((it) => [it.path, it]))
  const distinct = [...new Map(candidates.map((it) => [it.path, it])).values()]
  const found = await Promise.all(distinct.map((it) => locate(it, files, byPath)))
  return found.filter((it) => it !== undefined)
}

/** Zipped folders that no bundling has touched, of resources that follow a change of their code. */
function plainAssets({ template, assets }: ReadStack): readonly FileAsset[] {
  const resources = Object.entries(objectOf(template['Resources'])).map(
    ([logicalId, it]) => [logicalId, objectOf(it)] as const,
  )
  const versions = resources.filter(([, it]) => it['Type'] === 'AWS::Lambda::Version')
  // the CDK names a version after the code it is of: only the CDK can say what the next one is called
  const versioned = new Set(
    versions.map(([, it]) => objectOf(objectOf(it['Properties'])['FunctionName'])['Ref']),
  )
  const users = new Map<string, boolean>()
  for (const [logicalId, resource] of resources) {
    const metadata = objectOf(resource['Metadata'])
    const path = metadata['aws:asset:path']
    if (typeof path !== 'string') continue
    const isPlain = metadata['aws:asset:is-bundled'] === false && !versioned.has(logicalId)
    users.set(basename(path), isPlain && users.get(basename(path)) !== false)
  }
  return assets.filter(
    (it): it is FileAsset =>
      it.kind === 'file' && it.isFolder && users.get(basename(it.path)) === true,
  )
}

async function locate(
  asset: FileAsset,
  files: readonly ListedFile[],
  byPath: ReadonlyMap<string, ListedFile>,
): Promise<HotAsset | undefined> {
  const staged = await listFiles(asset.path)
  const anchor = staged.toSorted((a, b) => b.name.length - a.name.length)[0]
  if (anchor === undefined) return undefined
  const places: string[] = []
  for (const { path, size } of files) {
    if (size !== anchor.size || !path.endsWith(`/${anchor.name}`)) continue
    const sourceDir = path.slice(0, -anchor.name.length - 1)
    if (await holdsAll(staged, sourceDir, byPath)) places.push(sourceDir)
  }
  const [sourceDir, ...others] = places
  // two folders with the same content: which of them the app means cannot be seen
  if (sourceDir === undefined || others.length > 0) return undefined
  return { asset, sourceDir, names: staged.map(({ name }) => name) }
}

async function holdsAll(
  staged: readonly ListedFile[],
  sourceDir: string,
  byPath: ReadonlyMap<string, ListedFile>,
): Promise<boolean> {
  for (const { name, path, size } of staged) {
    const source = byPath.get(`${sourceDir}/${name}`)
    if (source?.size !== size) return false
    const [left, right] = await Promise.all([readFile(path), readFile(source.path)])
    if (!left.equals(right)) return false
  }
  return true
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}
