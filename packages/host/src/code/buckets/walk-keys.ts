// The keys of a bucket, read from its folders in the order in which S3 lists them: that of their UTF-8
// bytes. Links that lead out of the bucket, and links to folders, are not followed.
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isKey } from './names.ts'

export interface KeyRange {
  readonly prefix?: string | undefined
  /** Only keys behind this one. */
  readonly after?: string | undefined
  /** Asked again and again: keys that begin with it are passed over. */
  readonly skipped?: () => string | undefined
}

/** Keys in their order, without reading folders that lie outside the range. */
export async function* walkKeys(home: string, range: KeyRange = {}): AsyncGenerator<string> {
  const realHome = await realpath(home).catch(() => undefined) // the bucket is gone
  if (realHome !== undefined) yield* walkFolder(realHome, '', range)
}

async function* walkFolder(home: string, folder: string, range: KeyRange): AsyncGenerator<string> {
  const { prefix = '', after = '', skipped } = range
  const entries = await readdir(join(home, folder), { withFileTypes: true }).catch(() => [])
  const named = entries.map((entry) => ({
    entry,
    key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
  }))
  named.sort((left, right) => compareKeys(left.key, right.key))
  for (const { entry, key } of named) {
    const skip = skipped?.()
    if (skip !== undefined && key.startsWith(skip)) continue
    if (entry.isDirectory()) {
      const isInside = key.startsWith(prefix) || prefix.startsWith(key)
      const isBehind = compareKeys(key, after) > 0 || after.startsWith(key)
      if (isInside && isBehind) yield* walkFolder(home, key, range)
    } else if (key.startsWith(prefix) && compareKeys(key, after) > 0 && isKey(key)) {
      if (await isObject(home, key, entry)) yield key
    }
  }
}

/** As S3 orders keys; JavaScript's own order differs for characters beyond U+FFFF. */
export function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

async function isObject(home: string, key: string, entry: Dirent): Promise<boolean> {
  if (entry.isFile()) return true
  if (!entry.isSymbolicLink()) return false
  const target = await realpath(join(home, key)).catch(() => undefined) // it leads nowhere
  return target?.startsWith(home + sep) === true && (await stat(target)).isFile()
}
