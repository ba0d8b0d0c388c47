import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import { awsVariables } from '../exec/aws-variables.ts'
import type { Target } from './aws/connect.ts'
import { withContext } from './cdk/app-settings.ts'
import { readAssetManifest, type Asset } from './cdk/asset-manifest.ts'
import type { DeploymentSource } from './cdk/find-source.ts'
import { readAssembly, type AssemblyStack } from './cdk/read-assembly.ts'
import { isObject } from './cdk/read-json-file.ts'
import { selectStacks, type Selection } from './cdk/select-stacks.ts'
import type { Reporter } from './progress/reporter.ts'

/** A stack, read and ready to be deployed. */
export interface ReadStack {
  readonly displayName: string
  readonly stackName: string
  readonly scope: Scope
  readonly templateText: string
  readonly template: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly terminationProtection: boolean
  readonly assets: readonly Asset[]
  /** Files elsewhere that its bundles are made of. */
  readonly sources: readonly string[]
}

export interface SourceOptions {
  readonly target: Target
  readonly context: readonly string[] | undefined
  readonly selection: Selection
  /** Told what the app writes, and what its constructs have to say to whoever deploys them. */
  readonly reporter: Pick<Reporter, 'line' | 'say' | 'keepsLines'>
  readonly signal: AbortSignal
}

/** The chosen stacks of an app (which is synthesised for this), an assembly, or a template. */
export async function readStacks(
  source: DeploymentSource,
  options: SourceOptions,
): Promise<readonly ReadStack[]> {
  const { target, selection } = options
  if (source.kind === 'template') return [await readLoneTemplate(source, target.scope)]
  const dir = source.kind === 'app' ? await synthesizeApp(source, options) : source.dir
  const { stacks } = await readAssembly(dir)
  const chosen = selectStacks(stacks, selection)
  tellMessages(chosen, (text) => options.reporter.say(text))
  return Promise.all(chosen.map((it) => readStack(it, target.scope)))
}

/** Errors that constructs have added are meant to stop a deployment. */
function tellMessages(stacks: readonly AssemblyStack[], onMessage: (text: string) => void): void {
  const messages = stacks.flatMap((it) => it.metadata.messages)
  const errors = messages.filter(({ level }) => level === 'error')
  for (const { level, path, text } of messages) {
    if (level !== 'error') onMessage(`${level}: ${path.slice(1)}: ${text}`)
  }
  if (errors.length === 0) return
  const lines = errors.map(({ path, text }) => `  ${path.slice(1)}: ${text}`)
  throw new HostError('ERR_INVALID_INPUT', `The app says that it is wrong:\n${lines.join('\n')}`)
}

async function synthesizeApp(
  { dir, settings }: DeploymentSource & { kind: 'app' },
  { target, context, reporter, signal }: SourceOptions,
): Promise<string> {
  const { synthesize } = await import('./cdk/synthesize.ts')
  const { writeDockerCommand } = await import('./bundling/docker-command.ts')
  await using docker = await writeDockerCommand()
  const { hostUrl, region, keys } = target.connect()
  return await synthesize({
    dir,
    app: settings.app ?? '',
    build: settings.build,
    context: withContext(settings, context),
    scope: target.scope,
    // an app that asks AWS while it is synthesised asks this host
    env: present({ ...process.env, ...awsVariables({ hostUrl, region, keys }), ...docker.env }),
    dockerCommand: docker.file,
    onLine: (line) => reporter.line(line),
    isOutputKept: reporter.keepsLines,
    signal,
  })
}

function present(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = new Set(['CATAMARAN_ACCESS_KEY_ID', 'CATAMARAN_SECRET_ACCESS_KEY'])
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || own.has(name) ? [] : [[name, value]],
    ),
  )
}

async function readStack(stack: AssemblyStack, own: Scope): Promise<ReadStack> {
  const { dir, templateFile, accountId = own.accountId, region = own.region } = stack
  const scope = { accountId, region }
  const { text, template } = await readTemplateFile(join(dir, templateFile))
  const manifests = stack.assetManifests.map((file) => readAssetManifest(dir, file, scope))
  const assets = (await Promise.all(manifests)).flat()
  return {
    displayName: stack.displayName,
    stackName: stack.stackName,
    scope,
    templateText: text,
    template,
    parameters: stack.parameters,
    tags: stack.tags,
    terminationProtection: stack.terminationProtection,
    sources: stack.metadata.sources,
    // the template goes with the request; only a long one goes through a bucket, and then by itself
    assets: assets.filter((it) => it.kind !== 'file' || basename(it.path) !== templateFile),
  }
}

async function readLoneTemplate(
  { file, stackName }: DeploymentSource & { kind: 'template' },
  scope: Scope,
): Promise<ReadStack> {
  const { text, template } = await readTemplateFile(file)
  return {
    displayName: stackName,
    stackName,
    scope,
    templateText: text,
    template,
    parameters: {},
    tags: {},
    terminationProtection: false,
    assets: [],
    sources: [],
  }
}

/** As long as a template may be (CloudFormation quotas, "Template body size in an Amazon S3 object"). */
const MAX_TEMPLATE_BYTES = 1_048_576

async function readTemplateFile(file: string) {
  const found = await stat(file).catch((cause: unknown) => {
    throw new HostError('ERR_NOT_FOUND', `There is no template ${file}`, { cause })
  })
  if (found.size > MAX_TEMPLATE_BYTES) {
    throw new HostError(
      'ERR_LIMIT_EXCEEDED',
      `${file} is longer than the ${MAX_TEMPLATE_BYTES} bytes that a template may have`,
    )
  }
  const text = await readFile(file, 'utf8')
  return { text, template: await parseTemplate(text) }
}

/** JSON by itself; what reads YAML is loaded for YAML. */
export async function parseTemplate(text: string): Promise<Readonly<Record<string, unknown>>> {
  const value = parseJson(text) ?? (await parseAny(text))
  if (isObject(value)) return value
  throw new HostError('ERR_INVALID_INPUT', 'The template is not an object with Resources')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // YAML, or wrong, which its reader says better
  }
}

async function parseAny(text: string): Promise<unknown> {
  const { parseTemplateText } = await import('../../stacks/template/template-text.ts')
  return parseTemplateText(text)
}
