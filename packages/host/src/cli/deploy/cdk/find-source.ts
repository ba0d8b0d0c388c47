import { access, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { readAppSettings, type AppSettings } from './app-settings.ts'

/** What is to be deployed, before it is read. */
export type DeploymentSource =
  | { readonly kind: 'app'; readonly dir: string; readonly settings: AppSettings }
  | { readonly kind: 'assembly'; readonly dir: string }
  | { readonly kind: 'template'; readonly file: string; readonly stackName: string }

export interface FoundSource {
  readonly source: DeploymentSource
  /** Names or patterns of stacks. */
  readonly stackPatterns: readonly string[]
}

/**
 * A folder with a cdk.json, a synthesised assembly, or one template. `deploy MyStack` beside a cdk.json
 * means a stack, as with the CDK's own command.
 */
export async function findSource(
  path: string,
  stacks: readonly string[],
  app: string | undefined,
): Promise<FoundSource> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    if (path.includes('/') || TEMPLATE.test(path)) throw nothingAt(path)
    return findSource('.', [path, ...stacks], app).catch((error: unknown) => nameToo(path, error))
  }
  if (found.isFile()) {
    if (!TEMPLATE.test(path)) throw nothingAt(path)
    if (basename(path) === 'manifest.json') return findSource(dirname(path), stacks, app)
    const [stackName = nameOf(path), ...rest] = stacks
    if (rest.length > 0) {
      const message = 'A template makes one stack; name one, or leave it to the name of the file'
      throw new HostError('ERR_INVALID_INPUT', message)
    }
    return { source: { kind: 'template', file: resolve(path), stackName }, stackPatterns: [] }
  }
  return { source: await findInFolder(resolve(path), app), stackPatterns: stacks }
}

const TEMPLATE = /\.(?:json|ya?ml|template)$/i

async function findInFolder(dir: string, app: string | undefined): Promise<DeploymentSource> {
  if (app === undefined && (await exists(join(dir, 'manifest.json')))) {
    return { kind: 'assembly', dir }
  }
  const settings = await readAppSettings(dir)
  const command = app ?? settings?.app
  if (command === undefined) {
    throw new HostError(
      'ERR_NOT_FOUND',
      settings === undefined
        ? `${dir} is no CDK app: it has neither a cdk.json nor a manifest.json. Name a folder with one of them, or a template`
        : `${join(dir, 'cdk.json')} says nothing about "app"; add it, or use --app`,
    )
  }
  const assembly = resolve(dir, command)
  if (await exists(join(assembly, 'manifest.json'))) return { kind: 'assembly', dir: assembly }
  return { kind: 'app', dir, settings: { context: {}, ...settings, app: command } }
}

/** Whoever named a folder that is not there did not mean a stack. */
function nameToo(path: string, error: unknown): never {
  if (!(error instanceof HostError) || error.code !== 'ERR_NOT_FOUND') throw error
  const message = `There is no folder, cdk.out or template ${path}, and ${error.message}`
  throw new HostError(error.code, message, { cause: error })
}

/** `web-search.template.json` makes the stack `web-search`. */
function nameOf(path: string): string {
  const name = basename(path, extname(path)).replace(/\.template$/, '')
  const cleaned = name.replaceAll(/[^\w-]|_/g, '-').replace(/^[^a-z]+/i, '')
  return cleaned === '' ? 'stack' : cleaned.slice(0, 128)
}

function nothingAt(path: string): HostError {
  return new HostError(
    'ERR_NOT_FOUND',
    `${path} is neither a folder with a CDK app, nor a cdk.out, nor a template (.json, .yaml)`,
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
