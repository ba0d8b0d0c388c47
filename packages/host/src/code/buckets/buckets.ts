// The buckets of this host: folders below `<dataDir>/buckets`. One made through an API belongs to the
// account that made it, and no other account sees it. A folder made by hand is every account's to
// read, and the default account's to write. Names are unique on the host, as they are on AWS.
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { HostError } from '../../kernel/host-error.ts'
import { DEFAULT_SCOPE, type Scope } from '../../kernel/scope.ts'
import { createKeyedTurns, type KeyedTurns } from '../../kernel/turns.ts'
import { readBucketRecord, writeBucketRecord } from './bucket-record.ts'
import type { BucketRecord, BucketSettings, OwnedBucket } from './bucket-record.ts'
import { isBootstrapBucket, isReservedForOther } from './bootstrap-bucket.ts'
import { bucketLayout, type BucketLayout } from './layout.ts'
import { mapInGroups } from './map-in-groups.ts'
import { checkBucketName, isBucketName } from './names.ts'
import { compareKeys, walkKeys } from './walk-keys.ts'

export interface Buckets {
  readonly layout: BucketLayout
  /** One change of a bucket after the other. */
  readonly turns: KeyedTurns
  /** ERR_CONFLICT when there is one of that name, whoever has it. */
  create(scope: Scope, name: string, settings?: BucketSettings): Promise<BucketRecord>
  /** ERR_CONFLICT while there are objects in it. */
  delete(scope: Scope, name: string): Promise<void>
  /** Whoever has it; undefined when nobody does. */
  find(name: string): Promise<BucketRecord | undefined>
  /** The bucket, for its owner to change; ERR_NOT_FOUND, ERR_FORBIDDEN. */
  get(scope: Scope, name: string): Promise<BucketRecord>
  /** The same for whoever only reads. */
  getReadable(scope: Scope, name: string): Promise<BucketRecord>
  /** Whether this account has the bucket. */
  has(scope: Scope, name: string): Promise<boolean>
  /** Those of an account, and those that are nobody's; in the order of their names. */
  list(scope: Scope): Promise<readonly BucketRecord[]>
  isEmpty(name: string): Promise<boolean>
  /** Refuses what is no bucket, or not this writer's; makes none, so that it may be asked in a turn. */
  checkWritable(name: string, writer: Scope | undefined): Promise<void>
  /** A folder made by hand becomes the account's own with this. */
  change(
    scope: Scope,
    name: string,
    change: (settings: BucketSettings) => BucketSettings,
  ): Promise<void>
}

export interface BucketsOptions {
  readonly bucketsDir: string
  readonly now?: () => Date
}

/** AWS: 10,000 an account; folders are read one by one here. */
const MAX_BUCKETS = 1_000

export function openBuckets({ bucketsDir, now = () => new Date() }: BucketsOptions): Buckets {
  const layout = bucketLayout(bucketsDir)
  const turns = createKeyedTurns()

  async function find(name: string): Promise<BucketRecord | undefined> {
    if (!isBucketName(name)) return undefined
    const found = await stat(layout.homeOf(name)).catch(() => undefined) // nothing that can be used
    return found?.isDirectory() ? readBucketRecord(layout, name, found.birthtime) : undefined
  }

  async function write(bucket: OwnedBucket): Promise<BucketRecord> {
    await writeBucketRecord(layout, bucket) // first: a folder alone would be everybody's
    await mkdir(layout.homeOf(bucket.name), { recursive: true, mode: 0o700 })
    return bucket
  }

  async function list(scope: Scope): Promise<readonly BucketRecord[]> {
    const names = await readdir(bucketsDir).catch(() => []) // nobody has made one yet
    const found = await mapInGroups(names.toSorted(compareKeys), find)
    return found.filter(
      (bucket) => bucket !== undefined && mayRead(scope, bucket),
    ) as BucketRecord[]
  }

  async function getReadable(scope: Scope, name: string): Promise<BucketRecord> {
    checkBucketName(name)
    const bucket = (await find(name)) ?? (await makeBootstrap(scope, name))
    if (bucket === undefined) throw unknownBucket(name)
    if (!mayRead(scope, bucket)) throw foreignBucket(name)
    return bucket
  }

  /** The CDK's own bucket is there as soon as somebody asks for it: nobody has to bootstrap. */
  async function makeBootstrap(scope: Scope, name: string): Promise<BucketRecord | undefined> {
    if (!isBootstrapBucket(name, scope)) return undefined
    return turns.run(
      name,
      async () =>
        (await find(name)) ?? write({ name, owner: scope, createdAt: now(), settings: {} }),
    )
  }

  async function get(scope: Scope, name: string): Promise<BucketRecord> {
    const bucket = await getReadable(scope, name)
    if (!mayWrite(scope, bucket)) throw foreignBucket(name)
    return bucket
  }

  async function isEmpty(name: string): Promise<boolean> {
    for await (const _ of walkKeys(layout.homeOf(name))) return false
    return true
  }

  async function checkWritable(name: string, writer: Scope | undefined): Promise<BucketRecord> {
    const bucket = await find(name)
    if (bucket === undefined) throw unknownBucket(name)
    if (writer !== undefined && !mayWrite(writer, bucket)) throw foreignBucket(name)
    return bucket
  }

  return {
    layout,
    turns,
    find,
    get,
    getReadable,
    list,
    isEmpty,
    async checkWritable(name, writer) {
      await checkWritable(name, writer)
    },
    async has(scope, name) {
      const bucket = await find(name)
      return bucket !== undefined && mayWrite(scope, bucket)
    },
    create(scope, name, settings = {}) {
      checkBucketName(name)
      return turns.run(name, async () => {
        if (isReservedForOther(name, scope)) throw reservedBucket(name)
        // The CDK's own may have been asked for before its stack makes it.
        if ((await find(name)) !== undefined && !isBootstrapBucket(name, scope)) {
          throw new HostError('ERR_CONFLICT', `There is a bucket ${name} already`)
        }
        const owned = (await list(scope)).filter(({ owner }) => owner !== undefined)
        if (owned.length >= MAX_BUCKETS) {
          throw new HostError('ERR_LIMIT_EXCEEDED', `An account has ${MAX_BUCKETS} buckets at most`)
        }
        return write({ name, owner: scope, createdAt: now(), settings })
      })
    },
    delete: (scope, name) =>
      turns.run(name, async () => {
        checkBucketName(name)
        await checkWritable(name, scope)
        if (!(await isEmpty(name))) {
          throw new HostError('ERR_CONFLICT', `The bucket ${name} is not empty`)
        }
        await rm(layout.homeOf(name), { recursive: true })
        await rm(layout.aboutOf(name), { recursive: true, force: true })
      }),
    async change(scope, name, change) {
      await get(scope, name)
      await turns.run(name, async () => {
        const bucket = await checkWritable(name, scope)
        const { owner = scope, settings } = bucket
        await writeBucketRecord(layout, { ...bucket, owner, settings: change(settings) })
      })
    },
  }
}

function mayRead({ accountId }: Scope, { owner }: BucketRecord): boolean {
  return owner === undefined || owner.accountId === accountId
}

function mayWrite({ accountId }: Scope, { owner = DEFAULT_SCOPE }: BucketRecord): boolean {
  return owner.accountId === accountId
}

function unknownBucket(name: string): HostError {
  return new HostError('ERR_NOT_FOUND', `There is no bucket ${name} here`)
}

function reservedBucket(name: string): HostError {
  return new HostError('ERR_FORBIDDEN', `The name ${name} is kept for the account in it`)
}

function foreignBucket(name: string): HostError {
  return new HostError('ERR_FORBIDDEN', `The bucket ${name} belongs to another account`)
}
