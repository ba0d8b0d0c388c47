// Writes the operations and the resource types of docs/compatibility.md, between their marks, from the
// service models and the tables: node scripts/generate-compatibility.ts
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Service } from '../packages/host/src/api/create-service.ts'
import { S3_OPERATIONS } from '../packages/host/src/api/s3/operations.ts'
import { awsApi } from '../packages/host/src/server/aws-api.ts'
import {
  RESOURCE_TYPE_GAPS,
  resourceTypes,
} from '../packages/host/src/stacks/resource-types/table.ts'

const FILE = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))
const MARK = 'written by scripts/generate-compatibility.ts'

/** The page with its operations and resource types as the tables have them now. */
export function describeCompatibility(page: string): string {
  const operations = replaceSection(page, 'operations', describeOperations())
  return replaceSection(operations, 'resource types', describeResourceTypes())
}

function replaceSection(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: ${MARK} -->`, `<!-- end of ${name} -->`]
  const [before, rest] = page.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${FILE} has lost its marks`)
  return `${before}${start}\n\n${text}\n${end}${after}`
}

function describeOperations(): string {
  const services = awsApi(nothing()).services
  const counts = services.map((service) => servedBy(service).length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const introduction = `${total} operations of ${services.length} services do their work here. Another operation of these services is answered with 404 \`UnknownOperationException\` (STS and CloudFormation: 400 \`InvalidAction\`), which names it.\n`
  const s3 = `**S3** (2006-03-01), ${S3_OPERATIONS.length} served: ${list(S3_OPERATIONS)}. Any other is answered with 501 \`NotImplemented\`.\n`
  return [introduction, ...services.map(describeService), s3].join('\n')
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

function describeResourceTypes(): string {
  const types = [...resourceTypes(nothing()).values()].sort((a, b) => (a.type < b.type ? -1 : 1))
  const reasons = Map.groupBy(types, ({ withoutEffect = '' }) => withoutEffect)
  const lines = [...reasons].map(([reason, those]) => {
    const names = list(those.map(({ type }) => type))
    return reason === '' ? `Do their work: ${names}.` : `Recorded: ${names}: ${reason}.`
  })
  return `${[...lines.sort(), ...describeGaps()].join('\n\n')}\n`
}

function describeGaps(): string[] {
  const rows = (kind: 'ignored' | 'notServed') =>
    [...RESOURCE_TYPE_GAPS]
      .map(([type, gaps]) => ({ type, paths: Object.entries(gaps[kind] ?? {}) }))
      .filter(({ paths }) => paths.length > 0)
      .map(({ type, paths }) => `- \`${type}\`: ${paths.map(describeGap).join('; ')}`)
      .sort()
      .join('\n')
  return [
    'Properties that are kept and have no effect here:',
    rows('ignored'),
    'Properties that are refused before anything is made:',
    rows('notServed'),
  ]
}

function describeGap([path, why]: readonly [string, string]): string {
  return `\`${path}\` (${why})`
}

/** Stands for every feature: tables are made of it and asked for their names; nothing is called. */
function nothing(): never {
  const self: unknown = new Proxy(() => self, { get: () => self, apply: () => self })
  return self as never
}

if (import.meta.main) {
  await writeFile(FILE, describeCompatibility(await readFile(FILE, 'utf8')))
}
