import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ListedFile } from '../assets/list-files.ts'
import { zipFiles } from '../assets/zip-files.ts'
import { openBucket } from '../aws/bucket.ts'
import type { Target } from '../aws/connect.ts'
import type { FileAsset } from '../cdk/asset-manifest.ts'
import { parseTemplate, type ReadStack } from '../stack-source.ts'
import type { HotAsset } from './hot-assets.ts'

/** The assets that changes lie in; undefined when one of them lies elsewhere, or took a file away. */
export async function assetsOf(
  changed: ReadonlySet<string>,
  dir: string,
  assets: readonly HotAsset[],
): Promise<readonly HotAsset[] | undefined> {
  const affected = new Set<HotAsset>()
  for (const name of changed) {
    const path = resolve(dir, name)
    const isThere = (await stat(path).catch(() => undefined))?.isFile() === true
    const owners = assets.filter((it) => ownsFile(it, path))
    if (owners.length === 0 && !isThere) continue // came and went
    if (owners.length === 0 || !isThere) return undefined
    for (const owner of owners) affected.add(owner)
  }
  return [...affected]
}

function ownsFile({ sourceDir, names }: HotAsset, path: string): boolean {
  return path.startsWith(`${sourceDir}/`) && names.includes(path.slice(sourceDir.length + 1))
}

export interface Swapped {
  readonly stacks: readonly ReadStack[]
  readonly assets: readonly HotAsset[]
  /** Those that differ from before. */
  readonly changed: readonly ReadStack[]
}

/** Uploads the assets as they are now and returns the stacks with templates that name them. */
export async function swapAssets(
  affected: readonly HotAsset[],
  all: readonly HotAsset[],
  stacks: readonly ReadStack[],
  target: Target,
): Promise<Swapped> {
  let current = stacks
  let assets = all
  for (const hot of affected) {
    const { asset } = hot
    const { bytes, sha256 } = await zipFiles(await filesOf(hot))
    const key = asset.key.replace(/[^/]+$/, `${sha256}.zip`)
    if (key === asset.key) continue
    const next: FileAsset = { ...asset, key }
    const users = current.filter(({ templateText }) => templateText.includes(asset.key))
    for (const scope of new Set(users.map((it) => it.scope))) {
      await openBucket(target.connect(scope), asset.bucket).put(key, bytes)
    }
    current = await Promise.all(current.map((it) => withAsset(it, asset, next)))
    assets = assets.map((it) => (it === hot ? { ...hot, asset: next } : it))
  }
  return { stacks: current, assets, changed: current.filter((it) => !stacks.includes(it)) }
}

async function filesOf({ sourceDir, names }: HotAsset): Promise<readonly ListedFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = join(sourceDir, name)
      const { size, mtimeMs, mode } = await stat(path)
      return { name, path, size, mtimeMs, isExecutable: (mode & 0o111) !== 0 }
    }),
  )
}

async function withAsset(
  stack: ReadStack,
  before: FileAsset,
  after: FileAsset,
): Promise<ReadStack> {
  if (!stack.templateText.includes(before.key)) return stack
  const templateText = stack.templateText.replaceAll(before.key, after.key)
  return {
    ...stack,
    templateText,
    template: await parseTemplate(templateText),
    // it is there already, and what the assembly has under this name is the code of before
    assets: stack.assets.filter((it) => it.kind !== 'file' || it.key !== before.key),
  }
}
