import { createHash } from 'node:crypto'
import type { ResourceContext, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { changes } from './changes.ts'
import type { Properties } from './properties.ts'
import type { Recorded, RecordedRow } from './recorded-row.ts'
import { findTooLong } from './too-long.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A row of the recorded types as a resource type: names and attributes, and nothing else. */
export function recordedType(row: RecordedRow): ResourceType {
  const { type, properties, required, name, replacement } = row
  const describe = (recorded: Recorded) => ({
    physicalId: row.physicalId?.(recorded) ?? recorded.name,
    attributes: row.attributes?.(recorded) ?? {},
  })
  return {
    type,
    withoutEffect: row.withoutEffect,
    ...(row.inShort !== undefined && { inShort: row.inShort }),
    properties,
    required,
    check: (given) => [
      ...(name ? findTooLong(name.property, given[name.property], name.maxLength) : []),
      ...(row.check?.(given) ?? []),
    ],
    needsReplacement: (before, after) => changes(before, after, replacement),
    async create(request) {
      const { properties: given, clientToken } = request
      const generated = () => request.generateName(row.name ?? { maxLength: 255 })
      return describe(record(row, request, given, { seed: clientToken, generated }))
    },
    async update(request) {
      const { properties: given, before } = request
      const { physicalId, attributes } = before
      // Ids that were drawn stay: they are the physical id, or among the attributes.
      const kept = { seed: physicalId, generated: () => physicalId }
      const after = describe(record(row, request, given, kept))
      return { physicalId, attributes: { ...after.attributes, ...attributes } }
    },
    delete: () => Promise.resolve(),
  }
}

function record(
  { name }: RecordedRow,
  context: ResourceContext,
  properties: Properties,
  { seed, generated }: { readonly seed: string; readonly generated: () => string },
): Recorded {
  const { scope, logicalId } = context
  const given = name === undefined ? undefined : properties[name.property]
  return {
    name: given === undefined ? generated() : asText(given),
    properties,
    scope,
    id(length) {
      const digest = createHash('sha512').update(`${seed} ${logicalId}`).digest()
      return [...digest.subarray(0, length)].map((byte) => ALPHABET[byte % 32]).join('')
    },
  }
}
