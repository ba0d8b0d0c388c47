import { join, posix } from 'node:path'

/** A path in the image as one on this machine, below `root` whatever it says. */
export function placeInImage(path: string, workdir: string, root: string): string {
  return join(root, posix.resolve('/', workdir, path))
}

/** An argument of an installer; `--requirement=FILE` and `-rFILE` name one, too. */
export function argumentInImage(word: string, workdir: string, root: string): string {
  const [, flag = '', value = ''] = /^(--[\w-]+=|-[cefr](?=.))?(.*)$/s.exec(word) ?? []
  const isPath = value.startsWith('/') || value.split('/').includes('..')
  if (!isPath || value.includes('://')) return word
  return flag + placeInImage(value, workdir, root)
}
