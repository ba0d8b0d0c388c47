// What an update would do, without doing it.
import { stateOfInstance, type Blueprint, type StateOf } from './blueprint.ts'
import { describeDetails } from './change-details.ts'
import { isSame, needsReplacement } from './compare-instances.ts'
import type { Engine } from './engine.ts'
import { findType } from './find-type.ts'
import { UNKNOWN, type ResourceState, type ResourceType } from './resource-type.ts'
import { sameJson } from './same-json.ts'
import { showContext } from './show-context.ts'
import type { Instance, PlannedInstance, ResourceRecord, StackRecord } from './stack-record.ts'
import type { ResourceChange } from './stacks.ts'
import { sortGraph } from './template/graph.ts'
import { withoutUnknown } from './without-unknown.ts'

export interface Plan {
  readonly changes: readonly ResourceChange[]
  /** Also true when only outputs or tags change. */
  readonly hasChanges: boolean
}

export function planChanges(engine: Engine, stack: StackRecord, blueprint: Blueprint): Plan {
  const records = engine.book.resources(stack.stackId)
  const states = new Map<string, ResourceState | undefined>()
  const stateOf: StateOf = (logicalId) => states.get(logicalId)
  const changes: ResourceChange[] = []
  for (const logicalId of sortGraph(blueprint.graph).order) {
    const record = records.get(logicalId)
    const planned = blueprint.plan(logicalId, stateOf)
    const type = findType(engine.types, planned.type)
    const change = describeChange(logicalId, record, planned, type)
    if (change !== undefined) changes.push(change)
    const isKept = change === undefined || change.replacement === 'False'
    const skipped = { physicalId: `skipped:${logicalId}`, attributes: {}, isSkipped: true }
    const known = isKept ? stateOfInstance(record?.live) : undefined
    states.set(logicalId, type === undefined ? skipped : known)
  }
  for (const { logicalId, live } of records.values()) {
    if (live !== undefined && !blueprint.graph.has(logicalId)) {
      changes.push(describeRemoval(logicalId, live))
    }
  }
  const hasChanges =
    changes.length > 0 ||
    stack.attempted !== undefined ||
    !sameJson(outputsOf(blueprint.outputs(stateOf)), outputsOf(stack.outputs)) ||
    !sameJson(tagsOf(blueprint.deployment.tags), tagsOf(stack.deployed?.tags ?? []))
  return { changes, hasChanges }
}

function describeChange(
  logicalId: string,
  record: ResourceRecord | undefined,
  planned: PlannedInstance,
  type: ResourceType | undefined,
): ResourceChange | undefined {
  const live = record?.live
  const afterContext = showContext(planned)
  if (live === undefined) {
    const what = { logicalResourceId: logicalId, resourceType: planned.type }
    return { action: 'Add', ...what, scope: [], details: [], afterContext }
  }
  const scope = changedScope(live, planned, record?.step !== undefined)
  if (scope.length === 0) return undefined
  const replacement = replacementOf(type, live, planned)
  const { physicalId } = live
  return {
    action: 'Modify',
    logicalResourceId: logicalId,
    physicalResourceId: physicalId,
    resourceType: planned.type,
    replacement,
    ...(replacement === 'True' && {
      policyAction:
        planned.updateReplacePolicy === 'Delete' ? 'ReplaceAndDelete' : 'ReplaceAndRetain',
    }),
    scope,
    details: describeDetails(live, planned, scope, (after) => replacementOf(type, live, after)),
    beforeContext: showContext(live),
    afterContext,
  }
}

function describeRemoval(logicalId: string, live: Instance): ResourceChange {
  const { physicalId, type, deletionPolicy } = live
  return {
    action: 'Remove',
    policyAction: deletionPolicy === 'Delete' ? 'Delete' : 'Retain',
    logicalResourceId: logicalId,
    physicalResourceId: physicalId,
    resourceType: type,
    scope: [],
    details: [],
    beforeContext: showContext(live),
  }
}

function changedScope(
  live: Instance,
  planned: PlannedInstance,
  isUnsettled: boolean,
): ResourceChange['scope'] {
  const isPolicyNew =
    live.deletionPolicy !== planned.deletionPolicy ||
    live.updateReplacePolicy !== planned.updateReplacePolicy
  const hasNewProperties = !isSame({ ...live, tags: {} }, { ...planned, tags: {} })
  return [
    ...(hasNewProperties || isUnsettled ? (['Properties'] as const) : []),
    ...(sameJson(live.metadata, planned.metadata) ? [] : (['Metadata'] as const)),
    ...(sameJson(live.tags ?? {}, planned.tags ?? {}) ? [] : (['Tags'] as const)),
    ...(isPolicyNew ? (['DeletionPolicy'] as const) : []),
  ]
}

function replacementOf(
  type: ResourceType | undefined,
  live: Instance,
  planned: PlannedInstance,
): 'True' | 'False' | 'Conditional' {
  if (type === undefined || isSame(live, planned)) return 'False'
  if (!needsReplacement(type, live, planned)) return 'False'
  if (!JSON.stringify(planned.properties).includes(JSON.stringify(UNKNOWN).slice(1, -1)))
    return 'True'
  // what is not known yet may turn out to be what it was
  const properties = withoutUnknown(planned.properties, live.properties)
  const known = { ...planned, properties }
  return !isSame(live, known) && needsReplacement(type, live, known) ? 'True' : 'Conditional'
}

function outputsOf(outputs: StackRecord['outputs']) {
  return outputs.map(({ key, value, exportName = null }) => ({ key, value, exportName }))
}

function tagsOf(tags: readonly { readonly key: string; readonly value: string }[]) {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]))
}
