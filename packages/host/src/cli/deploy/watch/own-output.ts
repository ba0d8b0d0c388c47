import { fstatSync, statSync, type Stats } from 'node:fs'

/** Whether a file is the one that our stdout or stderr goes to: each deployment would change it again. */
export function ownOutput(descriptors: readonly number[] = [1, 2]): (path: string) => boolean {
  const own = descriptors.map((it) => fstatSync(it)).filter((it) => it.isFile())
  return (path) => {
    if (own.length === 0) return false
    const found = statSync(path, { throwIfNoEntry: false })
    return found !== undefined && own.some((it) => isSame(it, found))
  }
}

function isSame(left: Stats, right: Stats): boolean {
  return left.dev === right.dev && left.ino === right.ino
}
