// Objects as files: found, put in place whole, annotated, removed.
import { createHash } from 'node:crypto'
import { copyFile, lstat, mkdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Buckets } from './buckets.ts'
import type { IncomingFile } from './incoming.ts'
import { checkKey, isKey, quote } from './names.ts'
import { readNotes, removeOtherNotes, writeNotes } from './object-notes.ts'
import type { NotesPlace, ObjectNotes, ObjectState } from './object-notes.ts'

export interface ObjectPlace {
  readonly bucket: string
  readonly key: string
}

export interface StoredObject extends ObjectNotes {
  readonly key: string
  /** Where the file really is, links followed. */
  readonly path: string
  readonly size: number
  readonly modifiedAt: Date
}

/** Asked in the moment before a change; throws to prevent it. */
export type Condition = (current: StoredObject | undefined) => void

export interface PutOptions {
  readonly condition?: Condition | undefined
  /** Who puts it: the bucket may have become another one while the bytes came. */
  readonly writer?: Scope | undefined
}

export interface ObjectFiles {
  find(place: ObjectPlace): Promise<StoredObject | undefined>
  /** Puts a file that has arrived in place of what was there; into a bucket that is still there. */
  put(
    place: ObjectPlace,
    file: IncomingFile,
    notes: ObjectNotes,
    options?: PutOptions,
  ): Promise<StoredObject>
  annotate(place: ObjectPlace, change: (notes: ObjectNotes) => ObjectNotes): Promise<void>
  /** Whether there was one. */
  remove(place: ObjectPlace, condition?: Condition): Promise<boolean>
}

export function openObjectFiles(buckets: Buckets): ObjectFiles {
  const { layout, turns } = buckets
  const notesPlace = (place: ObjectPlace): NotesPlace => ({ layout, ...place })

  async function find(place: ObjectPlace): Promise<StoredObject | undefined> {
    const found = await locate(place)
    if (found === undefined) return undefined
    const notes = (await readNotes(notesPlace(place), found.state)) ?? describeFile(found.state)
    const modifiedAt = new Date(Number(found.state.mtimeNs / 1_000_000n))
    const size = Number(found.state.size)
    return { ...notes, key: place.key, path: found.path, size, modifiedAt }
  }

  async function locate({ bucket, key }: ObjectPlace) {
    if (!isKey(key)) return undefined
    try {
      const home = await realpath(layout.homeOf(bucket))
      const path = await realpath(join(home, key))
      const state = await stat(path, { bigint: true })
      return state.isFile() && path.startsWith(home + sep) ? { path, state } : undefined
    } catch (error) {
      if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
      throw error
    }
  }

  return {
    find,

    put(place, file, notes, { condition, writer } = {}) {
      checkKey(place.key)
      return turns.run(place.bucket, async () => {
        await buckets.checkWritable(place.bucket, writer)
        const current = await find(place)
        condition?.(current)
        const state = await stat(file.path, { bigint: true })
        // First: they are believed as soon as the file is in place, and of no other one.
        await writeNotes(notesPlace(place), state, notes)
        try {
          await move(file.path, layout.homeOf(place.bucket), place.key)
        } catch (error) {
          await removeOtherNotes(notesPlace(place), (await locate(place))?.state)
          throw error
        }
        const stored = await find(place)
        if (stored === undefined) throw new Error(`${place.key} is not where it was put`)
        await removeOtherNotes(notesPlace(place), (await locate(place))?.state)
        return stored
      })
    },

    annotate: (place, change) =>
      turns.run(place.bucket, async () => {
        const found = await locate(place)
        const object = await find(place)
        if (found === undefined || object === undefined) throw unknownObject(place)
        const { key: _, path: __, size: ___, modifiedAt: ____, ...notes } = object
        await writeNotes(notesPlace(place), found.state, change(notes))
      }),

    remove: (place, condition) =>
      turns.run(place.bucket, async () => {
        const found = await find(place)
        condition?.(found)
        if (found === undefined) return false
        const home = layout.homeOf(place.bucket)
        await rm(join(home, place.key), { force: true }) // a link goes, not what it names
        await removeOtherNotes(notesPlace(place))
        await removeEmptyFolders(home, place.key)
        return true
      }),
  }
}

/** Why a file is not there, not why something is broken. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES'])

/** A file put there by hand. Its ETag looks like none that is a hash of the bytes, which were not read. */
function describeFile({ size, mtimeNs }: ObjectState): ObjectNotes {
  const etag = `${createHash('md5').update(`${size}.${mtimeNs}`).digest('hex')}-1`
  return { etag, headers: {}, metadata: {} }
}

async function move(path: string, home: string, key: string): Promise<void> {
  const target = join(home, key)
  await refuseBlocked(home, key)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  try {
    await rename(path, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await copyFile(path, target) // the bucket is a link to another disk
  }
}

/** A folder cannot be where a file is; and nothing is written through a link. */
async function refuseBlocked(home: string, key: string): Promise<void> {
  const parts = key.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const path = parts.slice(0, depth).join('/')
    const found = await lstat(join(home, path)).catch(() => undefined) // then nothing is in the way
    if (found === undefined) return
    const isLast = depth === parts.length
    if (isLast ? found.isFile() : found.isDirectory()) continue
    if (isLast && found.isSymbolicLink()) continue // rename replaces the link itself
    const what = found.isDirectory() ? 'the beginning of other keys' : 'an object or a link'
    const message = `${quote(key)} cannot be stored: objects are files here, and ${quote(path)} is ${what}`
    throw new HostError('ERR_CONFLICT', message)
  }
}

/** There are no folders in S3: one that holds nothing any more goes with its last object. */
async function removeEmptyFolders(home: string, key: string): Promise<void> {
  for (let folder = dirname(key); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(home, folder))
    } catch {
      return // it holds something
    }
  }
}

function unknownObject({ bucket, key }: ObjectPlace): HostError {
  return new HostError('ERR_NOT_FOUND', `There is no object ${quote(key)} in the bucket ${bucket}`)
}
