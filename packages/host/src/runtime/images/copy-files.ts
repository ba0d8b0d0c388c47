import { chmod, copyFile, cp, mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import type { BuildAction } from './image-plan.ts'
import { isPattern, matchesPath } from './path-pattern.ts'

const OWNER_WRITES = 0o200

type Copy = Extract<BuildAction, { kind: 'copy' }>

/** COPY from the build folder: `files` are all that belong to it. */
export async function copyFromFolder(
  { sources, destination, isInto, line }: Copy,
  {
    dir,
    files,
    root,
  }: { readonly dir: string; readonly files: readonly string[]; readonly root: string },
): Promise<void> {
  for (const source of sources) {
    const wanted = posix.normalize(source).replace(/^\/+/, '').replace(/\/$/, '')
    const chosen = chooseFiles(wanted, files)
    if (chosen.length === 0 && wanted !== '.' && wanted !== '') {
      const message = `Dockerfile line ${line}: ${source} is not in the build folder`
      throw new HostError('ERR_INVALID_INPUT', message)
    }
    for (const { file, below } of chosen) {
      const isFolder = isInto || below !== '' || (await isDirectory(join(root, destination)))
      const name = below === '' ? basename(file) : below
      const target = join(root, isFolder ? posix.join(destination, name) : destination)
      await mkdir(dirname(target), { recursive: true })
      await rm(target, { force: true }) // what was unpacked cannot be written to
      await copyFile(join(dir, file), target)
      await chmod(target, (await stat(target)).mode | OWNER_WRITES)
    }
  }
}

/** COPY --from: undefined when the other stage has none of the files. */
export async function copyFromStage(
  { sources, destination, isInto }: Copy,
  { from, root }: { readonly from: string; readonly root: string },
): Promise<boolean> {
  let isWhole = true
  for (const source of sources) {
    const found = join(from, posix.resolve('/', source))
    const isFolder = await isDirectory(found)
    if (!isFolder && !(await isFile(found))) {
      isWhole = false
      continue
    }
    const place = join(root, destination)
    const isInside = !isFolder && (isInto || (await isDirectory(place)))
    const target = isInside ? join(place, basename(found)) : place
    await mkdir(dirname(target), { recursive: true })
    await cp(found, target, { recursive: true, verbatimSymlinks: true })
  }
  return isWhole
}

interface ChosenFile {
  readonly file: string
  /** Its path below the folder that was named; empty for a file that was named itself. */
  readonly below: string
}

function chooseFiles(wanted: string, files: readonly string[]): readonly ChosenFile[] {
  if (wanted === '.' || wanted === '') return files.map((file) => ({ file, below: file }))
  return files.flatMap((file) => {
    const parts = file.split('/')
    const depth = wanted.split('/').length
    const start = parts.slice(0, depth).join('/')
    const isNamed = isPattern(wanted) ? matchesPath(wanted, start) : start === wanted
    return isNamed ? [{ file, below: parts.slice(depth).join('/') }] : []
  })
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
