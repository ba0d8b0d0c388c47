import { createTurns } from '../kernel/turns.ts'
import type { ChangeSetRecord, EventRecord, ResourceRecord, StackRecord } from './stack-record.ts'
import type { RowChange, StackRows } from './stack-rows.ts'

/** Every stack, in memory; a change is in the store before it is here. */
export interface StackBook {
  stacks(): readonly StackRecord[]
  stack(stackId: string): StackRecord | undefined
  /** By logical id, in the order in which they came. */
  resources(stackId: string): ReadonlyMap<string, ResourceRecord>
  changeSets(stackId: string): readonly ChangeSetRecord[]
  /** In the order in which they happened. */
  events(stackId: string): Promise<readonly EventRecord[]>
  template(stackId: string, templateId: string): Promise<string>
  /** Looks, decides and writes while nobody else does: all of what is decided, or nothing. */
  write(decide: () => readonly RowChange[]): Promise<void>
}

/** What a stack remembers of itself; CloudFormation's bound is 90 days. */
const MAX_EVENTS = 5_000
/** Of so many stacks the events are in memory; those of others are read when they are asked for. */
const CACHED_STACKS = 50

export async function openStackBook(rows: StackRows): Promise<StackBook> {
  const stacks = new Map((await rows.stacks()).map((stack) => [stack.stackId, stack]))
  const resources = new Map<string, Map<string, ResourceRecord>>()
  const changeSets = new Map((await rows.changeSets()).map((each) => [each.changeSetId, each]))
  const events = new Map<string, EventRecord[]>()
  for (const resource of await rows.resources()) hold({ row: 'resource', value: resource })
  const inTurn = createTurns()

  function hold(change: RowChange): void {
    switch (change.row) {
      case 'stack':
        return void stacks.set(change.value.stackId, change.value)
      case 'no-stack':
        resources.delete(change.value.stackId)
        events.delete(change.value.stackId)
        return void stacks.delete(change.value.stackId)
      case 'resource': {
        const { stackId, logicalId } = change.value
        const ofStack = resources.get(stackId) ?? new Map<string, ResourceRecord>()
        resources.set(stackId, ofStack.set(logicalId, change.value))
        return
      }
      case 'no-resource':
        return void resources.get(change.value.stackId)?.delete(change.value.logicalId)
      case 'change-set':
        return void changeSets.set(change.value.changeSetId, change.value)
      case 'no-change-set':
        return void changeSets.delete(change.value.changeSetId)
      case 'event':
        return void events.get(change.value.stackId)?.push(change.value)
      case 'no-event':
        return void events.get(change.value.stackId)?.shift()
      case 'template':
      case 'no-template':
    }
  }

  async function eventsOf(stackId: string): Promise<EventRecord[]> {
    const known = events.get(stackId)
    if (known !== undefined) return known
    const read = await rows.events(stackId)
    for (const oldest of [...events.keys()].slice(0, events.size + 1 - CACHED_STACKS)) {
      events.delete(oldest)
    }
    events.set(stackId, read)
    return read
  }

  /** The oldest events make room for new ones. */
  async function withRoom(changes: readonly RowChange[]): Promise<readonly RowChange[]> {
    const added = new Map<string, number>()
    for (const { row, value } of changes) {
      if (row === 'event') added.set(value.stackId, (added.get(value.stackId) ?? 0) + 1)
    }
    const dropped: RowChange[] = []
    for (const [stackId, count] of added) {
      const known = await eventsOf(stackId)
      const excess = known.slice(0, Math.max(0, known.length + count - MAX_EVENTS))
      dropped.push(...excess.map((value) => ({ row: 'no-event', value }) as const))
    }
    return [...dropped, ...changes]
  }

  return {
    stacks: () => [...stacks.values()],
    stack: (stackId) => stacks.get(stackId),
    resources: (stackId) => resources.get(stackId) ?? new Map<string, ResourceRecord>(),
    changeSets: (stackId) =>
      [...changeSets.values()].filter((changeSet) => changeSet.stackId === stackId),
    events: (stackId) => inTurn(() => eventsOf(stackId)),
    async template(stackId, templateId) {
      const text = await rows.template(stackId, templateId)
      if (text === undefined) throw new Error(`Template ${templateId} of ${stackId} is not stored`)
      return text
    },
    write: (decide) =>
      inTurn(async () => {
        const decided = decide()
        if (decided.length === 0) return
        const changes = await withRoom(decided)
        await rows.write(changes)
        for (const change of changes) hold(change)
      }),
  }
}
