// What a stack needs to be somewhere before it can be made (cloud assembly schema, asset manifest).
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { isObject, readJsonFile } from './read-json-file.ts'

export interface FileAsset {
  readonly kind: 'file'
  readonly id: string
  /** For people: `OpenAIWebSearchFunction/Code`. */
  readonly displayName: string
  /** A file, or a folder to be zipped. */
  readonly path: string
  readonly isFolder: boolean
  readonly bucket: string
  readonly key: string
}

export interface ImageAsset {
  readonly kind: 'image'
  readonly id: string
  readonly displayName: string
  /** The build folder. */
  readonly path: string
  readonly dockerfile: string
  readonly buildArgs: Readonly<Record<string, string>>
  readonly target: string | undefined
  readonly repository: string
  readonly tag: string
}

export type Asset = FileAsset | ImageAsset

/** The assets in one manifest file, for an account and a Region. */
export async function readAssetManifest(
  dir: string,
  file: string,
  scope: Scope,
): Promise<readonly Asset[]> {
  const path = join(dir, file)
  const manifest = await readJsonFile(path)
  if (manifest === undefined) throw new HostError('ERR_NOT_FOUND', `There is no ${path}`)
  const files = entriesOf(manifest['files']).flatMap(([id, asset]) =>
    readFileAssets(dir, id, asset, scope),
  )
  const images = entriesOf(manifest['dockerImages']).flatMap(([id, asset]) =>
    readImageAssets(dir, id, asset, scope),
  )
  return [...files, ...images]
}

type Loose = Readonly<Record<string, unknown>>

function readFileAssets(dir: string, id: string, asset: Loose, scope: Scope): FileAsset[] {
  const source = objectOf(asset['source'])
  const path = textIn(source, 'path')
  const displayName = textIn(asset, 'displayName') ?? id
  if (path === undefined) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      `The asset ${displayName} is made by a command of its own (source.executable); that is not done here`,
    )
  }
  const isFolder = source['packaging'] === 'zip'
  return entriesOf(asset['destinations']).map(([, destination]) => ({
    kind: 'file',
    id,
    displayName,
    path: join(dir, path),
    isFolder,
    bucket: placed(textIn(destination, 'bucketName') ?? '', scope),
    key: placed(textIn(destination, 'objectKey') ?? '', scope),
  }))
}

function readImageAssets(dir: string, id: string, asset: Loose, scope: Scope): ImageAsset[] {
  const source = objectOf(asset['source'])
  const directory = textIn(source, 'directory')
  const displayName = textIn(asset, 'displayName') ?? id
  if (directory === undefined) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      `The image ${displayName} is no folder to be built (source.executable); that is not done here`,
    )
  }
  const buildArgs = Object.fromEntries(
    Object.entries(objectOf(source['dockerBuildArgs'])).map(([name, value]) => [
      name,
      String(value),
    ]),
  )
  return entriesOf(asset['destinations']).map(([, destination]) => ({
    kind: 'image',
    id,
    displayName,
    path: join(dir, directory),
    dockerfile: textIn(source, 'dockerFile') ?? 'Dockerfile',
    buildArgs,
    target: textIn(source, 'dockerBuildTarget'),
    repository: placed(textIn(destination, 'repositoryName') ?? '', scope),
    tag: placed(textIn(destination, 'imageTag') ?? '', scope),
  }))
}

/** The placeholders that destinations may have. */
function placed(text: string, { accountId, region }: Scope): string {
  return text
    .replaceAll('${AWS::AccountId}', accountId)
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${AWS::Partition}', 'aws')
}

function entriesOf(value: unknown): [string, Loose][] {
  return Object.entries(objectOf(value)).map(([name, it]) => [name, objectOf(it)])
}

function objectOf(value: unknown): Loose {
  return isObject(value) ? value : {}
}

function textIn(value: Loose, name: string): string | undefined {
  const text = value[name]
  return typeof text === 'string' ? text : undefined
}
