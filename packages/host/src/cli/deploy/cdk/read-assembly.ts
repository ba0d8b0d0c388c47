// A cloud assembly: what `cdk synth` writes (cloud assembly schema, manifest.json). Stages are assemblies
// of their own, in folders below.
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { isObject, readJsonFile } from './read-json-file.ts'
import { readMetadata, type StackMetadata } from './read-metadata.ts'

export interface AssemblyStack {
  /** How people name it, and how patterns are matched: `MyStage/MyStack`. */
  readonly displayName: string
  readonly stackName: string
  /** Unique in the whole assembly. */
  readonly id: string
  readonly dir: string
  readonly templateFile: string
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly terminationProtection: boolean
  readonly metadata: StackMetadata
  /** Absent: wherever it is deployed. */
  readonly accountId: string | undefined
  readonly region: string | undefined
  readonly assetManifests: readonly string[]
  /** Ids of stacks that have to be there first. */
  readonly dependencies: readonly string[]
}

export interface Assembly {
  readonly dir: string
  readonly stacks: readonly AssemblyStack[]
}

const MAX_DEPTH = 10

/** Every stack in an assembly and in those inside it. */
export async function readAssembly(dir: string): Promise<Assembly> {
  return { dir, stacks: await readStacks(dir, '', 0) }
}

interface Artifact {
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly environment: string
  readonly dependencies: readonly string[]
  readonly displayName: string | undefined
  readonly metadata: unknown
  readonly metadataFile: string | undefined
}

async function readStacks(dir: string, prefix: string, depth: number): Promise<AssemblyStack[]> {
  const manifest = await readJsonFile(join(dir, 'manifest.json'))
  if (manifest === undefined || depth > MAX_DEPTH) {
    throw new HostError(
      'ERR_NOT_FOUND',
      `${dir} is no synthesised CDK app: it has no manifest.json`,
    )
  }
  refuseMissing(manifest['missing'])
  const artifacts = Object.entries(objectOf(manifest['artifacts'])).map(readArtifact)
  const byId = new Map(artifacts.map((it) => [it.id, it]))
  const own = artifacts
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(async (it) =>
      toStack(it, { dir, prefix, byId }, await readMetadata(dir, it.metadata, it.metadataFile)),
    )
  const stacks = await Promise.all(own)
  const inside = artifacts.filter(({ type }) => type === 'cdk:cloud-assembly')
  for (const { id, properties } of inside) {
    const folder = textIn(properties, 'directoryName')
    if (folder === undefined) continue
    stacks.push(...(await readStacks(join(dir, folder), `${prefix}${id}/`, depth + 1)))
  }
  return stacks
}

/** Lookups are answered by AWS alone, and kept in cdk.context.json once they were. */
function refuseMissing(missing: unknown): void {
  if (!Array.isArray(missing) || missing.length === 0) return
  const lines = missing.filter(isObject).map((it) => `  ${String(it['key'])}`)
  throw new HostError(
    'ERR_NOT_SUPPORTED',
    `The app looks up what only AWS knows, and cdk.context.json has no answer:\n${lines.join('\n')}\nGive the values with --context, or run \`cdk synth\` once with an AWS account and keep its cdk.context.json`,
  )
}

function readArtifact([id, value]: [string, unknown]): Artifact {
  const artifact = objectOf(value)
  const dependencies = artifact['dependencies']
  return {
    id,
    type: textIn(artifact, 'type') ?? '',
    properties: objectOf(artifact['properties']),
    environment: textIn(artifact, 'environment') ?? '',
    dependencies: Array.isArray(dependencies) ? dependencies.map(String) : [],
    displayName: textIn(artifact, 'displayName'),
    metadata: artifact['metadata'],
    metadataFile: textIn(artifact, 'additionalMetadataFile'),
  }
}

interface Surroundings {
  readonly dir: string
  readonly prefix: string
  readonly byId: ReadonlyMap<string, Artifact>
}

function toStack(
  artifact: Artifact,
  { dir, prefix, byId }: Surroundings,
  metadata: StackMetadata,
): AssemblyStack {
  const { id, properties } = artifact
  const needed = artifact.dependencies.flatMap((it) => byId.get(it) ?? [])
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment) ?? []
  return {
    displayName: artifact.displayName ?? `${prefix}${id}`,
    stackName: textIn(properties, 'stackName') ?? id,
    id: `${prefix}${id}`,
    dir,
    templateFile: textIn(properties, 'templateFile') ?? '',
    parameters: textsOf(properties['parameters']),
    tags: textsOf(properties['tags']),
    terminationProtection: properties['terminationProtection'] === true,
    metadata,
    accountId: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
    assetManifests: needed
      .filter(({ type }) => type === 'cdk:asset-manifest')
      .flatMap((it) => textIn(it.properties, 'file') ?? []),
    dependencies: needed
      .filter(({ type }) => type === 'aws:cloudformation:stack')
      .map((it) => `${prefix}${it.id}`),
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function textIn(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const text = value[name]
  return typeof text === 'string' ? text : undefined
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, it]) => [name, String(it)]))
}
