// AWS::CloudFormation::Stack: a stack as a resource of another.
//
// What is different from CloudFormation: a nested stack cleans up at the end of its own update, not of
// its parent's; a parent that goes back updates it back.
import { HostError } from '../kernel/host-error.ts'
import { createStack } from './create-stack.ts'
import { deleteStack } from './delete-stack.ts'
import type { Engine } from './engine.ts'
import { STACK_TYPE } from './journal.ts'
import type { Json, JsonObject } from './json.ts'
import {
  UNKNOWN,
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
} from './resource-type.ts'
import type { StackRecord } from './stack-record.ts'
import type { GivenParameter } from './stacks.ts'
import { isObject } from './template/intrinsic.ts'
import { updateStack } from './update-stack.ts'

interface Nesting {
  readonly engine: Engine
  readonly settled: (stackId: string) => Promise<void>
}

export function nestedStackType({ engine, settled }: Nesting): ResourceType {
  return {
    type: STACK_TYPE,
    properties: ['TemplateURL', 'Parameters', 'NotificationARNs', 'Tags', 'TimeoutInMinutes'],
    required: ['TemplateURL'],
    takesTags: true,
    needsReplacement: () => false,

    check({ Parameters: parameters = {} }) {
      if (parameters === UNKNOWN || isObject(parameters)) return []
      return ['Parameters must be an object']
    },

    async create(request) {
      const { stackId: parentId, scope, clientToken, properties } = request
      refuseTooDeep(engine, parentId)
      const rootId = engine.book.stack(parentId)?.parent?.rootId ?? parentId
      const timeout = Number(properties['TimeoutInMinutes'])
      const { stackId } = await createStack(
        engine,
        scope,
        {
          ...readDeployment(engine, request),
          stackName: request.generateName({ maxLength: 128 }),
          clientRequestToken: clientToken,
          ...(Number.isInteger(timeout) && { timeoutInMinutes: timeout }),
        },
        { stackId: parentId, rootId },
      )
      await request.initiated(stackId)
      await settled(stackId)
      return readState(engine, stackId, ['CREATE_COMPLETE'], 'created')
    },

    async update(request) {
      const { scope, clientToken, before } = request
      const stackId = before.physicalId
      const deployment = readDeployment(engine, request)
      try {
        const input = { ...deployment, stackName: stackId, clientRequestToken: clientToken }
        await updateStack(engine, scope, input)
      } catch (error) {
        if (!isNothingToDo(error)) throw error
      }
      await settled(stackId)
      const well = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] as const
      const isBack = engine.book.stack(stackId)?.status === 'UPDATE_ROLLBACK_COMPLETE'
      const isWanted = isBack && isLastOperation(engine, stackId, clientToken)
      return readState(engine, stackId, isWanted ? well.slice(0, 2) : well, 'updated')
    },

    async delete({ scope, physicalId, clientToken }) {
      await deleteStack(engine, scope, { stackName: physicalId, clientRequestToken: clientToken })
      await settled(physicalId)
      const stack = engine.book.stack(physicalId)
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return
      const message = `Embedded stack ${physicalId} was not successfully deleted: ${stack.statusReason ?? stack.status}`
      throw new HostError('ERR_CONFLICT', message)
    },
  }
}

/** A template may nest itself, through a parameter with its own address. */
const MAX_DEPTH = 8

function refuseTooDeep({ book }: Engine, parentId: string): void {
  let depth = 1
  for (let id = book.stack(parentId)?.parent?.stackId; id; id = book.stack(id)?.parent?.stackId) {
    depth += 1
  }
  if (depth <= MAX_DEPTH) return
  throw new HostError('ERR_LIMIT_EXCEEDED', `Stacks nest at most ${MAX_DEPTH} deep`)
}

function readDeployment({ book }: Engine, { properties, tags, stackId }: ResourceRequest) {
  const parent = book.stack(stackId)
  const target = parent?.operation?.kind === 'deploy' ? parent.operation.target : parent?.deployed
  return {
    templateUrl: readText(properties['TemplateURL']),
    parameters: readParameters(properties['Parameters']),
    capabilities: target?.capabilities ?? [],
    notificationArns: readTexts(properties['NotificationARNs']),
    tags: Object.entries({ ...tags, ...readTags(properties['Tags']) }).map(([key, value]) => ({
      key,
      value,
    })),
  }
}

/** Lists become texts with commas, as parameters are written. */
function readParameters(parameters: Json | undefined): GivenParameter[] {
  if (!isObject(parameters)) return []
  return Object.entries(parameters).map(([parameterKey, value]) => ({
    parameterKey,
    parameterValue: Array.isArray(value) ? value.map(readText).join(',') : readText(value),
  }))
}

function readTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(readText) : []
}

function readTags(value: Json | undefined): Record<string, string> {
  const tags: readonly Json[] = Array.isArray(value) ? value : []
  return Object.fromEntries(
    tags.filter(isObject).map((tag) => [readText(tag['Key']), readText(tag['Value'])]),
  )
}

function readText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

async function readState(
  { book }: Engine,
  stackId: string,
  well: readonly StackRecord['status'][],
  verb: string,
): Promise<ResourceState> {
  const stack = book.stack(stackId)
  if (stack !== undefined && well.includes(stack.status)) {
    return { physicalId: stackId, attributes: attributesOf(stack) }
  }
  const events = await book.events(stackId)
  const turn = events.findLast(
    ({ physicalId, status }) => physicalId === stackId && status.endsWith('ROLLBACK_IN_PROGRESS'),
  )
  const reason = turn?.reason ?? stack?.statusReason ?? stack?.status ?? 'it is gone'
  const message = `Embedded stack ${stackId} was not successfully ${verb}: ${reason}`
  throw new HostError('ERR_TARGET_FAILED', message)
}

function attributesOf({ outputs }: StackRecord): JsonObject {
  return Object.fromEntries(outputs.map(({ key, value }) => [`Outputs.${key}`, value]))
}

function isLastOperation({ book }: Engine, stackId: string, token: string): boolean {
  return book.stack(stackId)?.lastOperations[0]?.clientRequestToken === token
}

function isNothingToDo(error: unknown): boolean {
  return error instanceof HostError && error.message === 'No updates are to be performed.'
}
