// What an agent runtime starts, and the permission to fetch exactly that.
import { Validations, type aws_bedrockagentcore } from 'aws-cdk-lib'
import { AgentCoreRuntime } from 'aws-cdk-lib/aws-bedrockagentcore'
import type { IRepository } from 'aws-cdk-lib/aws-ecr'
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets'
import { Grant, type Role } from 'aws-cdk-lib/aws-iam'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import type { Construct } from 'constructs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BundleError, bundleServer, PROCESS_ENTRY_POINT } from './bundle-server.ts'
import { noteSources } from './note-sources.ts'
import type { Problems } from './problems.ts'
import type { DirectCode, RuntimeMcpServerProps } from './runtime-mcp-server-props.ts'
import { withBundleFolder } from './temporary-bundle.ts'

type Artifact = aws_bedrockagentcore.CfnRuntime.AgentRuntimeArtifactProperty

const MAX_ENTRY_POINTS = 2

/** Undefined when there is none to start, which is a problem then. */
export function createArtifact(
  scope: Construct,
  problems: Problems,
  props: RuntimeMcpServerProps,
  role: Role,
): Artifact | undefined {
  const { entry, code, container, image } = props
  const given = Object.entries({ entry, code, container, image }).filter(([, it]) => it)
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none is given' : given.map(([name]) => name).join(' and ')
    problems.add(`Say exactly one of entry, code, container and image: ${found}.`)
  }
  if (entry !== undefined) return fromEntry(scope, problems, props, { entry, role })
  if (code !== undefined) return fromCode(scope, problems, code, role)
  if (container !== undefined) return fromContainer(scope, problems, container, role)
  if (image === undefined) return undefined
  grantPull(image.repository, role)
  return inContainer(image.repository.repositoryUriForTag(image.tag))
}

function fromEntry(
  scope: Construct,
  problems: Problems,
  { secrets = {} }: RuntimeMcpServerProps,
  { entry, role }: { readonly entry: string; readonly role: Role },
): Artifact | undefined {
  return withBundleFolder(scope, (path) => {
    try {
      const hasSecrets = Object.keys(secrets).length > 0
      noteSources(scope, bundleServer({ entry, kind: 'process', hasSecrets }, path))
      return fromCode(scope, problems, { path, entryPoint: [PROCESS_ENTRY_POINT] }, role)
    } catch (error) {
      if (!(error instanceof BundleError)) throw error
      problems.add(`entry: ${error.message}`)
      return undefined
    }
  })
}

function fromCode(
  scope: Construct,
  problems: Problems,
  { path, entryPoint, runtime = AgentCoreRuntime.NODE_22 }: DirectCode,
  role: Role,
): Artifact | undefined {
  if (!existsSync(path)) {
    problems.add(`code: there is no folder ${path}.`)
    return undefined
  }
  if (entryPoint.length < 1 || entryPoint.length > MAX_ENTRY_POINTS) {
    problems.add('code: entryPoint has one or two parts, a launcher perhaps and the file to start.')
  }
  const file = entryPoint.at(-1)
  if (file !== undefined && !existsSync(join(path, file))) {
    problems.add(`code: the folder has no ${file}, which entryPoint names.`)
  }
  const asset = new Asset(scope, 'Code', { path })
  Grant.addToPrincipal({
    grantee: role,
    actions: ['s3:GetObject'],
    resourceArns: [asset.bucket.arnForObjects(asset.s3ObjectKey)],
  })
  return {
    codeConfiguration: {
      code: { s3: { bucket: asset.s3BucketName, prefix: asset.s3ObjectKey } },
      runtime: runtime.value,
      entryPoint: [...entryPoint],
    },
  }
}

function fromContainer(
  scope: Construct,
  problems: Problems,
  directory: string,
  role: Role,
): Artifact | undefined {
  if (!existsSync(join(directory, 'Dockerfile'))) {
    problems.add(`container: there is no ${join(directory, 'Dockerfile')}.`)
    return undefined
  }
  const image = new DockerImageAsset(scope, 'Image', {
    directory,
    platform: Platform.LINUX_ARM64, // the only processor of AgentCore Runtime
  })
  grantPull(image.repository, role)
  return inContainer(image.imageUri)
}

function inContainer(containerUri: string): Artifact {
  return { containerConfiguration: { containerUri } }
}

function grantPull(repository: IRepository, role: Role): void {
  repository.grantPull(role)
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ecr:GetAuthorizationToken cannot be limited to a resource.',
  })
}
