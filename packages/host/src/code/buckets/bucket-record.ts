import type { Scope } from '../../kernel/scope.ts'
import type { BucketLayout } from './layout.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

/** A bucket, as whoever made it through an API is told about it. */
export interface BucketRecord {
  readonly name: string
  /** Undefined: a folder that somebody made by hand. */
  readonly owner: Scope | undefined
  readonly createdAt: Date
  readonly settings: BucketSettings
}

/** What a bucket's owner says about it. It is kept and shown; nothing is decided by it. */
export interface BucketSettings {
  readonly tags?: Readonly<Record<string, string>>
  /** JSON text. */
  readonly policy?: string
}

interface StoredRecord {
  readonly owner: Scope
  readonly createdAt: string
  readonly settings: BucketSettings
}

export type OwnedBucket = BucketRecord & { readonly owner: Scope }

export async function writeBucketRecord(layout: BucketLayout, bucket: OwnedBucket): Promise<void> {
  const { name, owner, createdAt, settings } = bucket
  const stored: StoredRecord = { owner, createdAt: createdAt.toISOString(), settings }
  await writeJsonFile(layout.recordOf(name), stored)
}

/** What is known about a bucket whose folder was made at `madeAt`. */
export async function readBucketRecord(
  layout: BucketLayout,
  name: string,
  madeAt: Date,
): Promise<BucketRecord> {
  const stored = (await readJsonFile(layout.recordOf(name))) as StoredRecord | undefined
  if (stored === undefined) return { name, owner: undefined, createdAt: madeAt, settings: {} }
  return { ...stored, name, createdAt: new Date(stored.createdAt) }
}
