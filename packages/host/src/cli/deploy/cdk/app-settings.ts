// cdk.json and what stands beside it (CDK developer guide, "Configure the CDK CLI" and "Save and
// retrieve context values").
import { homedir } from 'node:os'
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { isObject, readJsonFile } from './read-json-file.ts'

export interface AppSettings {
  /** The command that writes the assembly. */
  readonly app?: string
  /** Run before it. */
  readonly build?: string
  readonly context: Readonly<Record<string, unknown>>
  /** `watch.include` and `watch.exclude`. */
  readonly watch?: { readonly include: readonly string[]; readonly exclude: readonly string[] }
}

/** The settings of the app in `dir`; undefined without a cdk.json. */
export async function readAppSettings(dir: string): Promise<AppSettings | undefined> {
  const file = join(dir, 'cdk.json')
  const [own, looked, users] = await Promise.all([
    readJsonFile(file),
    readJsonFile(join(dir, 'cdk.context.json')),
    readJsonFile(join(homedir(), '.cdk.json')),
  ])
  if (own === undefined) return undefined
  const app = readCommand(own['app'], `"app" in ${file}`)
  const build = readCommand(own['build'], `"build" in ${file}`)
  const watch = readWatch(own['watch'])
  return {
    ...(app !== undefined && { app }),
    ...(build !== undefined && { build }),
    ...(watch !== undefined && { watch }),
    context: { ...contextOf(users), ...looked, ...contextOf(own) },
  }
}

/** `--context key=value`, over what the files say. */
export function withContext(
  settings: AppSettings,
  given: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const pairs = given.map((text) => {
    const equals = text.indexOf('=')
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)] as const
    const message = `--context takes key=value, not ${JSON.stringify(text)}`
    throw new HostError('ERR_INVALID_INPUT', message)
  })
  return { ...settings.context, ...Object.fromEntries(pairs) }
}

function readCommand(value: unknown, what: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) return value.join(' ')
  throw new HostError('ERR_INVALID_INPUT', `${what} is not a command`)
}

function contextOf(settings: Record<string, unknown> | undefined): Record<string, unknown> {
  const context = settings?.['context']
  return isObject(context) ? context : {}
}

function readWatch(value: unknown): AppSettings['watch'] {
  if (!isObject(value)) return undefined
  return { include: patternsOf(value['include']), exclude: patternsOf(value['exclude']) }
}

function patternsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((it) => typeof it === 'string')
}
