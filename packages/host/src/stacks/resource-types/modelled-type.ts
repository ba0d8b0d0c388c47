// A row of the table as a resource type: properties → the operation's input, the operation, and what it
// answered → Ref and GetAtt.
import { HostError } from '../../kernel/host-error.ts'
import type {
  ResourceContext,
  ResourceState,
  ResourceType,
  ResourceUpdate,
} from '../resource-type.ts'
import { UNKNOWN } from '../resource-type.ts'
import { changes } from './changes.ts'
import { checkInput, foreignTo } from './check-input.ts'
import { createOnce } from './create-once.ts'
import { findNotServed } from './find-not-served.ts'
import { adaptProperties, clearGone, withName } from './modelled-properties.ts'
import type { ModelledRow } from './modelled-row.ts'
import { inputOf, readInput, tokenFor } from './operation-input.ts'
import type { Output } from './output.ts'
import { readAttributes } from './read-attributes.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'
import { ignoreMissing } from './refusals.ts'
import { reportIgnored } from './report-ignored.ts'
import { settle, whileUnderWay } from './settle.ts'
import { allTags, writeTags } from './write-tags.ts'

export function modelledType(row: ModelledRow): ResourceType {
  const { type, service, properties, required, replacement, update, tags } = row
  return {
    type,
    properties,
    required,
    ...(tags?.write && { takesTags: true }),
    check(given) {
      const named = withName(row, given, () => UNKNOWN)
      const shape = inputOf(service, row.create)
      const read = readProperties(shape, adaptProperties(row, named), foreignTo(properties, given))
      const problems = checkInput(shape, read)
      return [...findNotServed(given, row), ...problems]
    },
    needsReplacement: (before, after) =>
      update === undefined || changes(before, after, replacement),

    async create(request) {
      const given = withName(row, request.properties, (name) => request.generateName(name))
      reportIgnored(request, given, row)
      const tagged = tags && { [tags.property]: allTags(request, tags, given[tags.property]) }
      const input = readInput(service, row.create, adaptProperties(row, { ...given, ...tagged }))
      const asked = { ...input, ...tokenFor(service, row.create, request) }
      const { physicalId, created } = await createOnce(request, {
        create: () => request.aws(service, row.create, asked),
        idOf: (answered) => row.physicalId(unwrap(row, answered), asked),
        expectedId: row.expectedId?.(asked, request.scope),
        find: async () => row.find?.(request, asked),
      })
      return finish(row, request, { physicalId, after: given, answered: created })
    },

    ...(update !== undefined && {
      async update(request) {
        const { properties: given } = request // a name that was generated stays
        const { physicalId, properties: before } = request.before
        reportIgnored(request, given, row)
        const others = properties.filter((name) => name !== tags?.property)
        let answered: Output = {}
        if (changes(before, given, others)) {
          await refuseFixedChange(row, request, given)
          const whole = adaptProperties(row, { ...clearGone(row, before, given), ...given })
          if (tags) delete whole[tags.property] // they have operations of their own
          // An update has no members for what only a new resource can have.
          const input = readInput(service, update, whole, Object.keys(whole))
          const named = row.identify(physicalId, given)
          const token = tokenFor(service, update, request)
          const asked = { ...input, ...row.updateInput, ...named, ...token }
          answered = await request.aws(service, update, asked)
        }
        if (tags) await writeTags(request, service, tags, { physicalId, after: given, before })
        return finish(row, request, { physicalId, after: given, answered })
      },
    }),

    delete: (request) =>
      ignoreMissing(async () => {
        const named = row.identify(request.physicalId, request.properties)
        await untilDeletable(row, request, named)
        const input = { ...named, ...tokenFor(service, row.delete, request) }
        await request.aws(service, row.delete, input)
      }),
  }
}

/**
 * CloudFormation would have to make the resource anew, and does not dare. What there is counts, and not
 * the properties before: on the way back from a refusal these are the refused ones.
 */
async function refuseFixedChange(
  row: ModelledRow,
  request: ResourceUpdate,
  given: Properties,
): Promise<void> {
  const { service, read, create, findFixedChange } = row
  if (read === undefined || findFixedChange === undefined) return
  const described = await request.aws(service, read, row.identify(request.before.physicalId, given))
  const wanted = readInput(service, create, adaptProperties(row, given))
  const name = findFixedChange(unwrap(row, described), wanted)
  if (name === undefined) return
  throw new HostError('ERR_INVALID_INPUT', `Updates are not allowed for property - ${name}.`)
}

/** What is still being made or changed (its stack was given up meanwhile) cannot be deleted yet. */
async function untilDeletable(row: ModelledRow, context: ResourceContext, named: Output) {
  const { service, read, settling } = row
  if (read === undefined || settling === undefined) return
  const describe = async () => unwrap(row, await context.aws(service, read, named))
  await whileUnderWay(settling, describe, context.signal)
}

interface Done {
  readonly physicalId: string
  readonly after: Properties
  readonly answered: Output
}

/** Waits until it is usable, and tells what there is then. */
async function finish(
  row: ModelledRow,
  context: ResourceContext,
  { physicalId, after, answered }: Done,
): Promise<ResourceState> {
  const { service, read, settling } = row
  const describe = async () => {
    if (read === undefined) return unwrap(row, answered)
    return unwrap(row, await context.aws(service, read, row.identify(physicalId, after)))
  }
  const described = settling ? await settle(settling, describe, context.signal) : await describe()
  const made = { physicalId, properties: after, scope: context.scope }
  const attributes = readAttributes(described, row.attributes)
  return { physicalId, attributes: { ...attributes, ...row.computed?.(described, made) } }
}

function unwrap({ described }: ModelledRow, output: Output): Output {
  const inner = described === undefined ? undefined : output[described]
  return typeof inner === 'object' && inner !== null ? (inner as Output) : output
}
