// The calls of a resource type. A type's failure is an ending with a reason; that the host stops is none.
import { HostError, errorMessage } from '../kernel/host-error.ts'
import { HostStops } from './engine.ts'
import { failureReason } from './failure-reason.ts'
import { hideSecrets, secretsOf } from './hide-secrets.ts'
import { deriveToken, generateName } from './generated-names.ts'
import { resolveProperties } from './resolve-properties.ts'
import type { ResourceContext, ResourceState, ResourceType } from './resource-type.ts'
import type { Instance, PlannedInstance } from './stack-record.ts'
import type { Task } from './task.ts'

export type Made =
  | { readonly kind: 'made'; readonly state: ResourceState }
  | { readonly kind: 'failed'; readonly reason: string }

export type Deleted =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Call {
  readonly type: ResourceType
  readonly logicalId: string
  readonly isRetry: boolean
  /** Told while it lasts. */
  readonly onProgress: (reason: string) => void
}

export async function callCreate(
  task: Task,
  call: Call & {
    readonly initiatedAs: string | undefined
    readonly initiated: (physicalId: string) => Promise<void>
  },
  planned: PlannedInstance,
): Promise<Made> {
  const token = tokenOf(task, call, 'create')
  return attempt(task, call, token, 'Resource creation cancelled', async (secrets) => {
    const properties = await resolveProperties(task, planned.properties, secrets)
    const context = createContext(task, call, planned, token)
    const { initiatedAs, initiated } = call
    const known = initiatedAs === undefined ? {} : { initiatedAs }
    return call.type.create({ ...context, properties, initiated, ...known })
  })
}

export async function callUpdate(
  task: Task,
  call: Call,
  planned: PlannedInstance,
  before: Instance,
): Promise<Made> {
  const token = tokenOf(task, call, 'update')
  return attempt(task, call, token, 'Resource update cancelled', async (secrets) => {
    const properties = await resolveProperties(task, planned.properties, secrets)
    const old = await resolveProperties(task, before.properties, secrets, 'as far as possible')
    const context = createContext(task, call, planned, token)
    const state = { physicalId: before.physicalId, attributes: before.attributes }
    const { type } = call
    if (type.update === undefined) throw new Error(`${type.type} cannot be changed in place`)
    return type.update({ ...context, properties, before: { ...state, properties: old } })
  })
}

export async function callDelete(task: Task, call: Call, instance: Instance): Promise<Deleted> {
  const token = deriveToken(tokenOf(task, call, 'delete'), instance.physicalId)
  const ending = await attempt(
    task,
    call,
    token,
    'Resource deletion cancelled',
    async (secrets) => {
      const properties = await resolveProperties(
        task,
        instance.properties,
        secrets,
        'as far as possible',
      )
      const { physicalId, attributes } = instance
      const context = createContext(task, call, instance, token)
      await call.type.delete({ ...context, physicalId, attributes, properties })
      return { physicalId, attributes: {} }
    },
  )
  return ending.kind === 'made' ? { kind: 'deleted' } : ending
}

async function attempt(
  { engine, stack, signal }: Task,
  { logicalId, type }: Call,
  token: string,
  cancelled: string,
  work: (secrets: Set<string>) => Promise<ResourceState>,
): Promise<Made> {
  const resolved = new Set<string>()
  try {
    return { kind: 'made', state: await work(resolved) }
  } catch (error) {
    if (engine.stopping.aborted) throw new HostStops('The host stops', { cause: error })
    if (signal.aborted) return { kind: 'failed', reason: cancelled }
    const records = engine.book.resources(stack.stackId)
    const hide = (text: string) => hideSecrets(text, [...resolved, ...secretsOf(stack, records)])
    const reason = failureReason(error, token)
    if (reason !== undefined) return { kind: 'failed', reason: hide(reason) }
    const { stackName } = stack
    const fields = { stackName, logicalId, type: type.type, error: hide(errorMessage(error)) }
    engine.log.error('a resource type failed unexpectedly', fields)
    return { kind: 'failed', reason: 'Internal Failure' }
  }
}

/** The same for every try: an operation does a thing once in each of its phases. */
function tokenOf({ stack, here }: Task, { logicalId }: Call, kind: string): string {
  return deriveToken(stack.stackId, here, logicalId, kind)
}

function createContext(
  { engine, stack, signal }: Task,
  { logicalId, type, isRetry, onProgress }: Call,
  { type: typeName, tags = {} }: PlannedInstance,
  clientToken: string,
): ResourceContext {
  const { stackId, stackName, scope } = stack
  return {
    stackId,
    stackName,
    scope,
    logicalId,
    type: typeName,
    tags,
    clientToken,
    isRetry,
    generateName: (options) => generateName(stackName, logicalId, clientToken, options),
    aws: engine.aws(scope),
    signal: AbortSignal.any([signal, engine.stopping]),
    report: onProgress,
    async initiated() {
      throw new HostError('ERR_CONFLICT', `${type.type} initiates nothing here`)
    },
  }
}
