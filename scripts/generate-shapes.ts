// Writes the TypeScript shapes of every operation in the reduced service models:
// packages/host/src/api/<service>/shapes.ts. Run it after a change of packages/host/models.
//
//   node scripts/generate-shapes.ts && npx oxfmt packages/host/src/api
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly enum?: readonly string[]
  readonly document?: boolean
  readonly union?: boolean
}

interface Model {
  readonly operations: Readonly<
    Record<string, { readonly input?: { shape: string }; readonly output?: { shape: string } }>
  >
  readonly shapes: Readonly<Record<string, Shape>>
}

const HOST = fileURLToPath(new URL('../packages/host/', import.meta.url))

for (const file of readdirSync(`${HOST}models`)) {
  const service = basename(file, '.json')
  const model = JSON.parse(readFileSync(`${HOST}models/${file}`, 'utf8')) as Model
  mkdirSync(`${HOST}src/api/${service}`, { recursive: true })
  writeFileSync(`${HOST}src/api/${service}/shapes.ts`, formatShapes(service, model))
}

function formatShapes(service: string, { operations, shapes }: Model): string {
  const used = new Set<string>()
  const use = (name: string): string => {
    const shape = shapes[name]
    if (shape === undefined) throw new Error(`${service} has no shape ${name}`)
    switch (shape.type) {
      case 'string':
        return shape.enum ? shape.enum.map((text) => JSON.stringify(text)).join(' | ') : 'string'
      case 'integer':
      case 'long':
      case 'double':
      case 'float':
        return 'number'
      case 'boolean':
        return 'boolean'
      case 'timestamp':
        return 'Date'
      case 'blob':
        return 'Uint8Array'
      case 'list':
        return `readonly (${use(shape.member?.shape ?? '')})[]`
      case 'map':
        return `Readonly<Record<string, ${use(shape.value?.shape ?? '')}>>`
      case 'structure':
        if (shape.document) return 'unknown'
        used.add(name)
        return name
      default:
        throw new Error(`${service}: ${name} is a ${shape.type}`)
    }
  }
  const rows = Object.entries(operations).map(([name, { input, output }]) => {
    const type = (of: { shape: string } | undefined) => (of ? use(of.shape) : '{}')
    return `  ${name}: { input: ${type(input)}; output: ${type(output)} }`
  })
  const structures: string[] = []
  // `used` grows while it is walked: what a structure mentions comes after it.
  for (const name of used) structures.push(formatStructure(name, shapes[name], use))
  return [
    `// Written by scripts/generate-shapes.ts from models/${service}.json; change the model instead.`,
    `export type ${typeName(service)}Operations = {\n${rows.join('\n')}\n}`,
    ...structures,
    '',
  ].join('\n\n')
}

function formatStructure(
  name: string,
  shape: Shape | undefined,
  use: (name: string) => string,
): string {
  const required = new Set(shape?.required)
  const members = Object.entries(shape?.members ?? {}).map(([member, { shape: of }]) => {
    const type = use(of)
    const key = /^\w+$/.test(member) ? member : JSON.stringify(member)
    return required.has(member)
      ? `  readonly ${key}: ${type}`
      : `  readonly ${key}?: ${type} | undefined`
  })
  return members.length === 0
    ? `export type ${name} = Readonly<Record<never, never>>`
    : `export interface ${name} {\n${members.join('\n')}\n}`
}

function typeName(service: string): string {
  return service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
