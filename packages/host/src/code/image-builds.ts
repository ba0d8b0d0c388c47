// What container images are made of. No registry listens here: an image is the folder it would be built
// from, handed over by a deployment as an archive, under the image's ECR address. It stands in a bucket
// of its own, `catamaran-image-builds-{account}-{region}`, key `{repository}/{tag}.zip`, with what else a
// build is told as metadata; whoever can write to the account's buckets can put one there.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { BucketStore } from './buckets/open-bucket-store.ts'
import type { ObjectNotes } from './buckets/object-notes.ts'
import type { ObjectLocation } from './object-store.ts'
import type { StoredObject } from './buckets/object-files.ts'
import { walkKeys } from './buckets/walk-keys.ts'

export interface ImageBuilds {
  /** Keeps a copy of the folder's archive; an image of the same address is replaced. */
  register(build: NewImageBuild): Promise<void>
  /** The build of an image of the account and Region; undefined for any other. */
  find(scope: Scope, imageUri: string): Promise<ImageBuild | undefined>
  /** Every image of a repository, `{account}.dkr.ecr.{region}.amazonaws.com/{repository}`. */
  list(repositoryUri: string): Promise<readonly ListedImage[]>
  clear(repositoryUri: string): Promise<void>
}

/** What `docker build` is told besides the folder. */
export interface BuildInstructions {
  /** Below the folder. */
  readonly dockerfile: string
  readonly buildArgs: Readonly<Record<string, string>>
  /** A stage of the Dockerfile; the last one when it is left out. */
  readonly target?: string
  readonly platform?: string
}

export interface NewImageBuild extends BuildInstructions {
  readonly scope: Scope
  /** `{account}.dkr.ecr.{region}.amazonaws.com/{repository}:{tag}` */
  readonly imageUri: string
  /** An archive (zip) of the folder, in a bucket that the account may read. */
  readonly source: ObjectLocation
  readonly signal?: AbortSignal
}

export interface ImageBuild extends BuildInstructions {
  readonly imageUri: string
  /** The archive's file. */
  readonly zip: string
}

export interface ListedImage {
  readonly tag: string
  /** `sha256:…`, of the archive: there is no manifest. */
  readonly digest: string
  readonly sizeBytes: number
  readonly registeredAt: Date
}

/** A Docker build context has no limit of its own; directly deployed code has this one, times four. */
const MAX_ZIP_BYTES = 1_000_000_000
const URI =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]{1,40})\.amazonaws\.com\/([a-z0-9][a-z0-9._/-]{0,255})(?::([\w][\w.-]{0,127}))?$/

/** The builds in the buckets of `store`. */
export function openImageBuilds(store: BucketStore): ImageBuilds {
  const { buckets, objects, incoming } = store

  async function listed(repositoryUri: string) {
    const { bucket, repository } = readAddress(repositoryUri)
    const keys: string[] = []
    for await (const key of walkKeys(buckets.layout.homeOf(bucket), { prefix: `${repository}/` })) {
      // `a/b` is a repository, too, and not an image of `a`.
      if (!key.slice(repository.length + 1).includes('/') && key.endsWith('.zip')) keys.push(key)
    }
    return { bucket, repository, keys }
  }

  return {
    async register({ scope, imageUri, source, signal, ...instructions }) {
      const address = readAddress(imageUri)
      if (address.tag === undefined || !isOf(scope, address)) {
        const message = `${imageUri} is not the address of an image, with its tag, in a repository of this account and Region`
        throw new HostError('ERR_INVALID_INPUT', message)
      }
      await buckets.getReadable(scope, source.bucket)
      const found = await objects.find(source)
      if (found === undefined) {
        const message = `The folder of the image is not there: no object ${source.key} in ${source.bucket}`
        throw new HostError('ERR_NOT_FOUND', message)
      }
      if (!(await buckets.has(scope, address.bucket))) await buckets.create(scope, address.bucket)
      const bytes = createReadStream(found.path, { signal })
      await using file = await incoming.receive(bytes, { maxBytes: MAX_ZIP_BYTES })
      const notes = notesOf(file.md5, instructions)
      await objects.put({ bucket: address.bucket, key: keyOf(address) }, file, notes)
    },

    async find(scope, imageUri) {
      const address = parseAddress(imageUri)
      if (address === undefined || !isOf(scope, address)) return undefined
      if (!(await buckets.has(scope, address.bucket))) return undefined
      const found = await objects.find({ bucket: address.bucket, key: keyOf(address) })
      return found && { imageUri, zip: found.path, ...readInstructions(found) }
    },

    async list(repositoryUri) {
      const { bucket, repository, keys } = await listed(repositoryUri)
      const images = keys.map(async (key) => {
        const found = await objects.find({ bucket, key })
        if (found === undefined) return []
        const hash = createHash('sha256')
        await pipeline(createReadStream(found.path), hash)
        return [
          {
            tag: key.slice(repository.length + 1, -'.zip'.length),
            digest: `sha256:${hash.digest('hex')}`,
            sizeBytes: found.size,
            registeredAt: found.modifiedAt,
          },
        ]
      })
      return (await Promise.all(images)).flat()
    },

    async clear(repositoryUri) {
      const { bucket, keys } = await listed(repositoryUri)
      for (const key of keys) await objects.remove({ bucket, key })
    },
  }
}

interface ImageAddress {
  readonly accountId: string
  readonly region: string
  readonly bucket: string
  readonly repository: string
  readonly tag: string | undefined
}

function parseAddress(imageUri: string): ImageAddress | undefined {
  const [, accountId, region, repository, tag] = URI.exec(imageUri) ?? []
  if (accountId === undefined || region === undefined || repository === undefined) return undefined
  const bucket = `catamaran-image-builds-${accountId}-${region}`
  return { accountId, region, bucket, repository, tag }
}

function readAddress(uri: string): ImageAddress {
  const address = parseAddress(uri)
  if (address !== undefined) return address
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${uri.slice(0, 200)} is not the address of a repository`,
  )
}

function isOf(scope: Scope, { accountId, region }: ImageAddress): boolean {
  return scope.accountId === accountId && scope.region === region
}

function keyOf({ repository, tag = 'latest' }: ImageAddress): string {
  return `${repository}/${tag}.zip`
}

function notesOf(
  etag: string,
  { dockerfile, buildArgs, target, platform }: BuildInstructions,
): ObjectNotes {
  const metadata = {
    dockerfile,
    'build-args': Buffer.from(JSON.stringify(buildArgs)).toString('base64url'),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
  }
  return { etag, headers: { 'content-type': 'application/zip' }, metadata }
}

function readInstructions({ metadata }: StoredObject): BuildInstructions {
  const { dockerfile = 'Dockerfile', 'build-args': buildArgs = '', target, platform } = metadata
  return {
    dockerfile,
    buildArgs: readBuildArgs(buildArgs),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
  }
}

function readBuildArgs(text: string): Readonly<Record<string, string>> {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, String(it)]))
  } catch (cause) {
    throw new HostError('ERR_INVALID_INPUT', 'The build arguments of the image are not JSON', {
      cause,
    })
  }
}
