import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { HostError } from '../../../kernel/host-error.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { openBucket } from '../aws/bucket.ts'
import type { Connection } from '../aws/signed-call.ts'
import type { Asset, FileAsset, ImageAsset } from '../cdk/asset-manifest.ts'
import { listFiles } from './list-files.ts'
import { zipFiles } from './zip-files.ts'

export interface PublishedAsset {
  readonly asset: Asset
  /** False: it was there already. */
  readonly isNew: boolean
}

/** Puts what is missing where the templates look for it. Keys name contents, so what is there is right. */
export async function publishAssets(
  assets: readonly Asset[],
  connection: Connection,
  scope: Scope,
): Promise<readonly PublishedAsset[]> {
  return Promise.all(
    assets.map(async (asset) => ({
      asset,
      isNew:
        asset.kind === 'file'
          ? await publishFile(asset, connection)
          : await publishImage(asset, connection, scope),
    })),
  )
}

async function publishFile(asset: FileAsset, connection: Connection): Promise<boolean> {
  const bucket = openBucket(connection, asset.bucket)
  if (await bucket.has(asset.key)) return false
  await bucket.put(asset.key, await bytesOf(asset))
  return true
}

async function bytesOf({ path, isFolder, displayName }: FileAsset): Promise<Uint8Array> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new HostError('ERR_NOT_FOUND', `The asset ${displayName} is not there: ${path}`, {
      cause,
    })
  })
  if (!found.isDirectory() || !isFolder) return readFile(path)
  return (await zipFiles(await listFiles(path))).bytes
}

/**
 * An image is not built here: its build folder goes into a bucket of its own, from which the host starts
 * runtimes by what the Dockerfile says, or has an engine build it.
 */
async function publishImage(
  asset: ImageAsset,
  connection: Connection,
  scope: Scope,
): Promise<boolean> {
  const bucket = openBucket(connection, buildsBucket(scope))
  const key = `${asset.repository}/${asset.tag}.zip`
  if (await bucket.has(key)) return false
  const { bytes } = await zipFiles(await listFiles(asset.path))
  await bucket.put(key, bytes, {
    dockerfile: asset.dockerfile,
    'build-args': Buffer.from(JSON.stringify(asset.buildArgs)).toString('base64url'),
    ...(asset.target !== undefined && { target: asset.target }),
  })
  return true
}

function buildsBucket({ accountId, region }: Scope): string {
  return `catamaran-image-builds-${accountId}-${region}`
}

/** Templates longer than a request may hold go through a bucket (CreateStack, TemplateBody). */
const MAX_BODY_BYTES = 51_200

/** How a request names a template: by its text or by where it is. */
export async function publishTemplate(
  text: string,
  connection: Connection,
  scope: Scope,
): Promise<{ readonly body: string } | { readonly url: string }> {
  if (Buffer.byteLength(text) <= MAX_BODY_BYTES) return { body: text }
  const name = `cdk-hnb659fds-assets-${scope.accountId}-${scope.region}` // where the CDK puts them
  const bucket = openBucket(connection, name)
  const key = `${createHash('sha256').update(text).digest('hex')}.json`
  if (!(await bucket.has(key))) await bucket.put(key, new TextEncoder().encode(text))
  return { url: bucket.urlOf(key) }
}
