// Custom::CDKContainerImageBuild of the CDK library deploy-time-build: on AWS its function starts a
// build in CodeBuild, which makes an image of a folder and pushes it to ECR. There is no CodeBuild
// here: the host takes the folder itself, and its function is never called.
import { createHash } from 'node:crypto'
import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { ResourceRequest, ResourceState, ResourceType } from '../resource-type.ts'
import { isUnknown } from '../template/unknown.ts'
import { readBuildCommand } from './build-command.ts'
import type { RegisterBuild } from './ports.ts'

const CONTAINER_IMAGE_BUILD = 'Custom::CDKContainerImageBuild'

export function containerImageBuildType(registerBuild: RegisterBuild): ResourceType {
  const build = async (request: ResourceRequest): Promise<ResourceState> => {
    const { scope, properties, signal } = request
    const { source, command, repositoryUri, tag } = readImageBuild(properties)
    await registerBuild({ scope, imageUri: `${repositoryUri}:${tag}`, source, ...command, signal })
    return { physicalId: tag, attributes: { ImageTag: tag } }
  }
  return {
    type: CONTAINER_IMAGE_BUILD,
    required: ['ServiceToken', 'buildCommand', 'repositoryUri', 'sourceS3Url'],
    check: ({ buildCommand }) => commandProblems(buildCommand),
    needsReplacement: () => false,
    create: build,
    update: build,
    async delete() {
      // Images go with their repository, as on AWS.
    },
  }
}

function readImageBuild(properties: JsonObject) {
  const { sourceS3Url, buildCommand, repositoryUri, imageTag, tagPrefix } = properties
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(textOf(sourceS3Url) ?? '') ?? []
  if (bucket === undefined || key === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'sourceS3Url is not an s3:// URL of an object')
  }
  const command = readBuildCommand(textOf(buildCommand) ?? '')
  // On AWS each build has a tag of its own: the same folder and command are the same image here.
  const content = JSON.stringify([key, buildCommand])
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 32)
  const tag = textOf(imageTag) ?? `${textOf(tagPrefix) ?? ''}${digest}`
  return { source: { bucket, key }, command, repositoryUri: textOf(repositoryUri) ?? '', tag }
}

function commandProblems(command: Json | undefined): readonly string[] {
  if (typeof command !== 'string' || isUnknown(command)) return []
  try {
    readBuildCommand(command)
    return []
  } catch (error) {
    if (error instanceof HostError) return [error.message]
    throw error
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
