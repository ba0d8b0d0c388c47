// Writes the operations of docs/compatibility.md, between its two marks, from the service models and
// the tables of handlers: node scripts/generate-compatibility.ts
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Service } from '../packages/host/src/api/create-service.ts'
import { awsApi } from '../packages/host/src/server/aws-api.ts'

const FILE = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))
const START = '<!-- operations: written by scripts/generate-compatibility.ts -->'
const END = '<!-- end of operations -->'

/** The page with its operations as the tables have them now. */
export function describeCompatibility(page: string): string {
  const [before, rest] = page.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`${FILE} has lost its marks`)
  return `${before}${START}\n\n${describeOperations()}\n${END}${after}`
}

function describeOperations(): string {
  const services = awsApi(nothing()).services
  const counts = services.map((service) => servedBy(service).length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const introduction = `${total} operations of ${services.length} services do their work here. Another operation of these services is answered with 404 \`UnknownOperationException\` (STS: 400 \`InvalidAction\`), which names it.\n`
  return [introduction, ...services.map(describeService)].join('\n')
}

function describeService(service: Service): string {
  const { serviceId, apiVersion, operations } = service.model
  const served = servedBy(service)
  const refused = [...operations.keys()].filter((name) => !served.includes(name))
  const lines = [`**${serviceId}** (${apiVersion}), ${served.length} served: ${list(served)}.`]
  if (refused.length > 0) lines.push(`Refused: ${list(refused)}.`)
  return `${lines.join('\n\n')}\n`
}

function servedBy({ handlers, servedElsewhere }: Service): string[] {
  return [...new Set([...handlers.keys(), ...servedElsewhere])].sort()
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** Stands for every feature: tables are made of it and asked for their names; nothing is called. */
function nothing(): never {
  const self: unknown = new Proxy(() => self, { get: () => self, apply: () => self })
  return self as never
}

if (import.meta.main) {
  await writeFile(FILE, describeCompatibility(await readFile(FILE, 'utf8')))
}
