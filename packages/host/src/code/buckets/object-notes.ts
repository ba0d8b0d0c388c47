// What was said about an object beside its bytes. It stands in a file whose name has the object's size
// and time of change, so that it is believed only of the bytes it was said about: one that is replaced
// by hand has none, and a host that is killed between two steps leaves an object with the right ones.
import type { BigIntStats } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { BucketLayout } from './layout.ts'

export interface ObjectNotes {
  /** Without quotes. */
  readonly etag: string
  /** Header names in lower case: what a GET repeats. */
  readonly headers: Readonly<Record<string, string>>
  /** `x-amz-meta-*`, without that. */
  readonly metadata: Readonly<Record<string, string>>
  readonly tags?: Readonly<Record<string, string>>
  readonly checksum?: ObjectChecksum
}

/** A checksum that was verified, or calculated, when the object was written. */
export interface ObjectChecksum {
  /** `crc32`, `sha256` … */
  readonly algorithm: string
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
}

/** What notes are believed of. */
export type ObjectState = Pick<BigIntStats, 'size' | 'mtimeNs'>

export interface NotesPlace {
  readonly layout: BucketLayout
  readonly bucket: string
  readonly key: string
}

export async function writeNotes(
  place: NotesPlace,
  state: ObjectState,
  notes: ObjectNotes,
): Promise<void> {
  await writeJsonFile(notesFile(place, state), notes)
}

export async function readNotes(
  place: NotesPlace,
  state: ObjectState,
): Promise<ObjectNotes | undefined> {
  return (await readJsonFile(notesFile(place, state))) as ObjectNotes | undefined
}

/** Removes the notes about what the object was before, or about what it is no more. */
export async function removeOtherNotes(place: NotesPlace, state?: ObjectState): Promise<void> {
  const { dir, prefix } = notesPlace(place)
  const kept = state && notesName(prefix, state)
  const names = await readdir(dir).catch(() => []) // nothing was ever said
  const others = names.filter((name) => name.startsWith(`${prefix}.`) && name !== kept)
  await Promise.all(others.map((name) => rm(join(dir, name), { force: true })))
}

function notesFile(place: NotesPlace, state: ObjectState): string {
  const { dir, prefix } = notesPlace(place)
  return join(dir, notesName(prefix, state))
}

function notesPlace({ layout, bucket, key }: NotesPlace) {
  return layout.notesOf(bucket, key)
}

function notesName(prefix: string, { size, mtimeNs }: ObjectState): string {
  return `${prefix}.${size}.${mtimeNs}.json`
}
