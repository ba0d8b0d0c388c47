// Where a configuration comes from: the file, the environment, the flags. Each is read into the same
// shape, so that a later one can lie over an earlier one.
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { namesOf, type Setting } from './config-settings.ts'

export interface ConfigLayer {
  /** How a message names the origin of one of its values. */
  readonly nameOf: (path: readonly string[]) => string | undefined
  readonly values: Readonly<Record<string, unknown>>
}

/** Relative paths in a file start at its folder; those of flags and variables where the command runs. */
const PATH_KEYS: ReadonlySet<string> = new Set(['app', 'dataDir', 'certFile', 'keyFile', 'file'])

export async function readFileLayer(file: string): Promise<ConfigLayer> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `The configuration ${file} cannot be read: ${errorMessage(cause)}`
    throw new HostError('ERR_NOT_FOUND', message, { cause })
  })
  const values = parseObject(text, file)
  return { nameOf: () => undefined, values: withAbsolutePaths(values, dirname(resolve(file))) }
}

/** Values of the known variables. One that looks like a setting and is none is a mistake. */
export function readEnvironmentLayer(
  settings: readonly Setting[],
  environment: Readonly<Record<string, string | undefined>>,
): ConfigLayer {
  const entries = settings.flatMap((setting) => {
    const { variable, isSecret } = setting
    const text = variable && environment[variable]
    if (variable === undefined || text === undefined || text === '') return []
    return [[setting, isSecret ? { env: variable } : parseText(setting, text)] as const]
  })
  refuseUnknown(settings, environment)
  return layer(entries, ({ variable }) => variable)
}

/** Values of the flags. A reader who mistypes one learns so. */
export function readFlagLayer(settings: readonly Setting[], args: readonly string[]): ConfigLayer {
  const flags = settings.flatMap(({ flag, kind }) => (flag === undefined ? [] : [{ flag, kind }]))
  const options = Object.fromEntries(
    flags.map(({ flag, kind }) => [
      flag,
      { type: kind === 'boolean' ? 'boolean' : 'string', multiple: kind === 'list' } as const,
    ]),
  )
  const { values } = parseFlags(args, options)
  const entries = settings.flatMap((setting) => {
    const value = setting.flag === undefined ? undefined : values[setting.flag]
    if (value === undefined) return []
    return [[setting, typeof value === 'string' ? parseText(setting, value) : value] as const]
  })
  return layer(entries, ({ flag }) => flag && `--${flag}`)
}

/** Later layers win, setting by setting; a reference to a secret is replaced as a whole. */
export function mergeLayers(layers: readonly ConfigLayer[]): Record<string, unknown> {
  return layers.reduce<Record<string, unknown>>((merged, { values }) => merge(merged, values), {})
}

function merge(below: unknown, above: unknown): Record<string, unknown> {
  if (!isObject(below) || !isObject(above) || isReference(below) || isReference(above)) {
    return above as Record<string, unknown>
  }
  const merged: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) merged[key] = merge(below[key], value)
  return merged
}

function layer(
  entries: readonly (readonly [Setting, unknown])[],
  nameOf: (setting: Setting) => string | undefined,
): ConfigLayer {
  const single = entries.map(([{ path }, value]) => ({
    nameOf: () => undefined,
    values: nest(path, value),
  }))
  const names = new Map(entries.map(([setting]) => [setting.path.join('.'), nameOf(setting)]))
  return {
    nameOf: (path) => names.get(path.join('.')),
    values: withAbsolutePaths(mergeLayers(single), process.cwd()),
  }
}

function nest([name = '', ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  return { [name]: rest.length === 0 ? value : nest(rest, value) }
}

function parseText({ kind }: Setting, text: string): unknown {
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : text
  if (kind === 'boolean') return text === 'true' || (text === 'false' ? false : text)
  if (kind === 'list') return text.split(',').map((item) => item.trim())
  return text
}

function parseFlags(
  args: readonly string[],
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
) {
  try {
    return parseArgs({ args: [...args], options, allowNegative: true, strict: true })
  } catch (cause) {
    throw new HostError('ERR_INVALID_INPUT', errorMessage(cause), { cause })
  }
}

function refuseUnknown(
  settings: readonly Setting[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const known = new Set(settings.map(({ variable }) => variable))
  const sections = settings
    .filter(({ path }) => path.length > 1)
    .map(({ path }) => `${namesOf(path.slice(0, -1)).variable}_`)
  const unknown = Object.keys(environment).filter(
    (name) => !known.has(name) && sections.some((section) => name.startsWith(section)),
  )
  if (unknown.length === 0) return
  const message = `No setting has the variable ${unknown.join(', ')}; docs/configuration.md lists them`
  throw new HostError('ERR_INVALID_INPUT', message)
}

function parseObject(text: string, file: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const message = `The configuration ${file} is not JSON: ${errorMessage(cause)}`
    throw new HostError('ERR_INVALID_INPUT', message, { cause })
  }
  if (isObject(value)) return value
  throw new HostError('ERR_INVALID_INPUT', `The configuration ${file} is not a JSON object`)
}

function withAbsolutePaths(value: Record<string, unknown>, base: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, absolute(key, member, base)]),
  )
}

function absolute(key: string, value: unknown, base: string): unknown {
  if (typeof value === 'string') return PATH_KEYS.has(key) ? resolve(base, value) : value
  if (Array.isArray(value)) return value.map((item) => absolute('', item, base))
  return isObject(value) ? withAbsolutePaths(value, base) : value
}

function isReference(value: Record<string, unknown>): boolean {
  return 'file' in value || 'env' in value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
