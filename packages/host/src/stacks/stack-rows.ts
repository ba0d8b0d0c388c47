// The engine's rows. All of them are sealed whole: templates, properties, attributes and outputs may
// hold secrets anywhere. A row opens under its own kind and id only.
import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'
import type { ChangeSetRecord, EventRecord, ResourceRecord, StackRecord } from './stack-record.ts'

const STACK = 'stack'
const RESOURCE = 'stack-resource'
const TEMPLATE = 'stack-template'
const CHANGE_SET = 'stack-change-set'

export interface StackRows {
  stacks(): Promise<StackRecord[]>
  resources(): Promise<ResourceRecord[]>
  changeSets(): Promise<ChangeSetRecord[]>
  template(stackId: string, templateId: string): Promise<string | undefined>
  /** In the order in which they happened. */
  events(stackId: string): Promise<EventRecord[]>
  write(changes: readonly RowChange[]): Promise<void>
}

export type RowChange =
  | { readonly row: 'stack'; readonly value: StackRecord }
  | { readonly row: 'resource'; readonly value: ResourceRecord }
  | { readonly row: 'change-set'; readonly value: ChangeSetRecord }
  | { readonly row: 'event'; readonly value: EventRecord }
  | { readonly row: 'template'; readonly value: TemplateRow }
  | { readonly row: 'no-stack'; readonly value: Pick<StackRecord, 'stackId'> }
  | { readonly row: 'no-resource'; readonly value: Pick<ResourceRecord, 'stackId' | 'logicalId'> }
  | { readonly row: 'no-change-set'; readonly value: Pick<ChangeSetRecord, 'changeSetId'> }
  | { readonly row: 'no-event'; readonly value: Pick<EventRecord, 'stackId' | 'eventId'> }
  | { readonly row: 'no-template'; readonly value: Omit<TemplateRow, 'text'> }

export interface TemplateRow {
  readonly stackId: string
  readonly templateId: string
  readonly text: string
}

interface SealedRow {
  readonly id: string
  readonly sealed: string
}

export function createStackRows(store: Store, sealer: Sealer): StackRows {
  const open = (kind: string, { id, sealed }: SealedRow): unknown =>
    JSON.parse(sealer.open(sealed, `${kind}/${id}`))
  const list = async <Value>(kind: string) =>
    (await store.list<SealedRow>(kind)).map((row) => open(kind, row) as Value)

  return {
    stacks: () => list(STACK),
    resources: () => list(RESOURCE),
    changeSets: () => list(CHANGE_SET),
    events: (stackId) => list(eventKind(stackId)),
    async template(stackId, templateId) {
      const row = await store.get<SealedRow>(TEMPLATE, `${stackId}/${templateId}`)
      return row && (open(TEMPLATE, row) as TemplateRow).text
    },
    write: (changes) => store.write(changes.map((change) => describe(change, sealer))),
  }
}

function describe(change: RowChange, sealer: Sealer): StoreChange {
  const { kind, id } = place(change)
  if (change.row.startsWith('no-')) return { kind, id }
  const sealed = sealer.seal(JSON.stringify(change.value), `${kind}/${id}`)
  return { kind, id, value: { id, sealed } satisfies SealedRow }
}

function place({ row, value }: RowChange): { readonly kind: string; readonly id: string } {
  switch (row) {
    case 'stack':
    case 'no-stack':
      return { kind: STACK, id: value.stackId }
    case 'resource':
    case 'no-resource':
      return { kind: RESOURCE, id: `${value.stackId}/${value.logicalId}` }
    case 'change-set':
    case 'no-change-set':
      return { kind: CHANGE_SET, id: value.changeSetId }
    case 'event':
    case 'no-event':
      return { kind: eventKind(value.stackId), id: value.eventId }
    case 'template':
    case 'no-template':
      return { kind: TEMPLATE, id: `${value.stackId}/${value.templateId}` }
  }
}

/** A kind for each stack, because events are read stack by stack. */
function eventKind(stackId: string): string {
  return `stack-event/${stackId}`
}
