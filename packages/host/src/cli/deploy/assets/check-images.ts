// Images become processes of the host by what their Dockerfiles say. What cannot is found here, before
// anything is made: the runtime that starts from it would fail in the middle of the deployment.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage, HostError } from '../../../kernel/host-error.ts'
import { isObject } from '../cdk/read-json-file.ts'
import type { ReadStack } from '../stack-source.ts'

interface ImageBuild {
  readonly displayName: string
  readonly folder: string
  readonly dockerfile: string
  readonly buildArgs: Readonly<Record<string, string>>
  readonly target: string | undefined
}

/** Refuses stacks with images that nothing on this machine can stand in for, all of them named. */
export async function checkImages(stacks: readonly ReadStack[]): Promise<void> {
  const builds = (await Promise.all(stacks.map(imagesOf))).flat()
  const refused = (await Promise.all(builds.map(problemOf))).filter((it) => it !== undefined)
  if (refused.length === 0 || (await hasEngine())) return
  throw new HostError(
    'ERR_NOT_SUPPORTED',
    `Without a container engine, images of the app cannot be started here:\n${refused.join('\n')}`,
  )
}

async function imagesOf(stack: ReadStack): Promise<readonly ImageBuild[]> {
  const images = stack.assets.flatMap((it) =>
    it.kind === 'image' ? [{ ...it, folder: it.path }] : [],
  )
  return [...images, ...(await deployTimeBuilds(stack))]
}

/** `ContainerImageBuild` of deploy-time-build: a folder among the assets, and a command of Docker. */
async function deployTimeBuilds({ template, assets }: ReadStack): Promise<readonly ImageBuild[]> {
  const resources = isObject(template['Resources']) ? Object.entries(template['Resources']) : []
  const found = resources.filter(
    ([, it]) => isObject(it) && it['Type'] === 'Custom::CDKContainerImageBuild',
  )
  if (found.length === 0) return []
  const { readBuildCommand } = await import('../../../stacks/custom-resources/build-command.ts')
  return found.flatMap(([logicalId, resource]) => {
    const properties = isObject(resource) ? resource['Properties'] : undefined
    const { sourceS3Url, buildCommand } = isObject(properties) ? properties : {}
    const source = JSON.stringify(sourceS3Url ?? '')
    const asset = assets.find((it) => it.kind === 'file' && source.includes(it.key))
    if (asset === undefined || typeof buildCommand !== 'string') return []
    const { dockerfile, buildArgs, target } = readBuildCommand(buildCommand)
    return [{ displayName: logicalId, folder: asset.path, dockerfile, buildArgs, target }]
  })
}

async function problemOf(build: ImageBuild): Promise<string | undefined> {
  const { displayName, folder, dockerfile, buildArgs, target } = build
  const file = join(folder, dockerfile)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return `  ${displayName}: there is no ${dockerfile} in its folder`
  const { planImage } = await import('../../../runtime/images/plan-image.ts')
  try {
    planImage(text, { buildArgs, target })
    return undefined
  } catch (error) {
    if (error instanceof HostError) return `  ${displayName}: ${errorMessage(error)}`
    throw error
  }
}

async function hasEngine(): Promise<boolean> {
  const { findOciEngine } = await import('../../../runtime/oci-engine.ts')
  const environment = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  return findOciEngine(environment).then(
    () => true,
    () => false,
  )
}
