// The settings of the configuration one by one, with the flag and the variable that each path gives:
// `listen.port` is `--listen-port` and `CATAMARAN_LISTEN_PORT`.
import { z } from 'zod'
import { Config } from './config.ts'

export interface Setting {
  readonly path: readonly string[]
  readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'structure'
  /** Absent for what only the file can say. */
  readonly flag?: string
  readonly variable?: string
  readonly default?: unknown
  /** Its variable holds the secret itself; file and flags only say where it is. */
  readonly isSecret?: true
  readonly description: string
}

interface SchemaNode {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
}

/** Every setting, in the order of the schema. */
export function listSettings(): readonly Setting[] {
  const schema = z.toJSONSchema(Config, { io: 'input', unrepresentable: 'any' })
  return settingsOf(schema as SchemaNode, [])
}

function settingsOf(node: SchemaNode, path: readonly string[]): readonly Setting[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    child.properties === undefined
      ? describe(child, [...path, name])
      : settingsOf(child, [...path, name]),
  )
}

/** A setting that may be a reference has one more name, for the file that holds it. */
function describe(node: SchemaNode, path: readonly string[]): readonly Setting[] {
  const { description = '' } = node
  const shapes = flatten(node)
  const kind = kindOf(shapes.find((it) => it.type !== 'object') ?? node)
  const preset = node.default === undefined ? {} : { default: node.default }
  if (shapes.every((it) => it.type !== 'object')) {
    return kind === 'structure'
      ? [{ path, kind, description, ...preset }]
      : [{ path, kind, ...namesOf(path), description, ...preset }]
  }
  const { flag, variable } = namesOf(path)
  const filePath = [...path, 'file']
  return [
    { path, kind, ...(kind === 'text' && { flag }), variable, isSecret: true, description },
    {
      path: filePath,
      kind: 'text',
      ...namesOf(filePath),
      description: `File with ${path.join('.')}.`,
    },
  ]
}

function flatten(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf?.flatMap(flatten) ?? [node]
}

function kindOf({ type, items }: SchemaNode): Setting['kind'] {
  if (type === 'string') return 'text'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'boolean'
  return type === 'array' && items?.type === 'string' ? 'list' : 'structure'
}

/** The flag and the variable that a path gives. */
export function namesOf(path: readonly string[]) {
  const words = path.flatMap((name) => name.replace(/[A-Z]/g, ' $&').toLowerCase().split(' '))
  return { flag: words.join('-'), variable: `CATAMARAN_${words.join('_').toUpperCase()}` }
}
