// A cloud in a map, for the engine of stacks: what its resource types made, and what they were asked.
import { setTimeout as delay } from 'node:timers/promises'
import { AwsFault } from '../../src/aws/aws-fault.ts'
import type { Json, JsonObject } from '../../src/stacks/json.ts'
import type {
  ResourceRequest,
  ResourceState,
  ResourceType,
} from '../../src/stacks/resource-type.ts'

export interface Thing {
  readonly type: string
  readonly properties: JsonObject
}

export interface MemoryCloud {
  /** By physical id. */
  readonly things: Map<string, Thing>
  /** `create A`, `update A`, `delete A`, in the order in which they began. */
  readonly calls: string[]
  /** How many calls were under way at once, at most. */
  busiest: number
  /** Calls that fail, as `create A`: after or before they made something, and how often. */
  readonly failing: Map<string, Failure>
  /** Calls that wait until they are let go, or given up. */
  readonly held: Map<string, Promise<void>>
  readonly types: ReadonlyMap<string, ResourceType>
}

/** What every thing has as its ClientSecret. */
export const CLIENT_SECRET = 'client-3c1d-secret'

export interface Failure {
  readonly how: 'half-made' | 'unmade'
  readonly times: number
}

/**
 * `Test::Cloud::Thing` is changed in place, except for its Name; `Test::Cloud::Stone` never is;
 * `Test::Cloud::Chameleon` gets another physical id when its Color changes, as custom resources may.
 */
export function createMemoryCloud(): MemoryCloud {
  const things = new Map<string, Thing>()
  const calls: string[] = []
  const failing = new Map<string, Failure>()
  const held = new Map<string, Promise<void>>()
  let busy = 0
  const cloud = { things, calls, busiest: 0, failing, held }

  async function call<Result>(name: string, signal: AbortSignal, work: () => Promise<Result>) {
    calls.push(name)
    busy += 1
    cloud.busiest = Math.max(cloud.busiest, busy)
    try {
      await delay(1)
      const hold = held.get(name)
      if (hold !== undefined) await Promise.race([hold, aborted(signal)])
      signal.throwIfAborted()
      return await work()
    } finally {
      busy -= 1
    }
  }

  /** As services do, it quotes what it refuses. */
  function fail(name: string, when: Failure['how'], properties?: JsonObject): void {
    const failure = failing.get(name)
    if (failure?.how !== when || failure.times === 0) return
    failing.set(name, { ...failure, times: failure.times - 1 })
    const quoted = properties?.['Value'] === undefined ? '' : `: ${JSON.stringify(properties)}`
    throw new AwsFault('ValidationException', 400, `${name} was to fail${quoted}`)
  }

  async function create(request: ResourceRequest): Promise<ResourceState> {
    const { logicalId, type, properties, signal, isRetry } = request
    const name = `create ${logicalId}`
    return call(name, signal, async () => {
      fail(name, 'unmade', properties)
      const given = properties['Name']
      const physicalId =
        request.initiatedAs ??
        (typeof given === 'string' ? given : request.generateName({ maxLength: 64 }))
      if (things.has(physicalId) && !isRetry) {
        throw new AwsFault('ResourceConflictException', 409, `${physicalId} exists already`)
      }
      things.set(physicalId, { type, properties })
      await request.initiated(physicalId)
      fail(name, 'half-made')
      const hold = held.get(`${name} made`)
      if (hold !== undefined) await Promise.race([hold, aborted(signal)])
      return stateOf(physicalId, properties)
    })
  }

  const thing: ResourceType = {
    type: 'Test::Cloud::Thing',
    properties: ['Name', 'Value', 'List', 'Secret', 'Tagged'],
    attributes: ['Arn', 'Value', 'ClientSecret'],
    needsReplacement: (before, after) => before['Name'] !== after['Name'],
    create,
    update: ({ logicalId, type, properties, signal, before }) =>
      call(`update ${logicalId}`, signal, async () => {
        fail(`update ${logicalId}`, 'unmade')
        if (!things.has(before.physicalId)) throw new Error(`${before.physicalId} is gone`)
        things.set(before.physicalId, { type, properties })
        fail(`update ${logicalId}`, 'half-made')
        return stateOf(before.physicalId, properties)
      }),
    delete: ({ logicalId, physicalId, signal }) =>
      call(`delete ${logicalId}`, signal, async () => {
        fail(`delete ${logicalId}`, 'unmade')
        things.delete(physicalId)
      }),
  }
  const fixed = { ...thing }
  delete fixed.update
  const types = new Map<string, ResourceType>([
    [thing.type, thing],
    ['Test::Cloud::Tagged', { ...thing, type: 'Test::Cloud::Tagged', takesTags: true }],
    ['Test::Cloud::Stone', { ...fixed, type: 'Test::Cloud::Stone', needsReplacement: () => true }],
    [
      'Test::Cloud::Chameleon',
      {
        ...thing,
        type: 'Test::Cloud::Chameleon',
        properties: ['Color', 'Value'],
        needsReplacement: () => false,
        create: (request) => create({ ...request, properties: named(request) }),
        update: ({ logicalId, stackId, type, properties, signal }) =>
          call(`update ${logicalId}`, signal, async () => {
            fail(`update ${logicalId}`, 'unmade')
            const name = named({ logicalId, stackId, properties })
            const physicalId = readName(name)
            things.set(physicalId, { type, properties: name })
            return stateOf(physicalId, name)
          }),
      },
    ],
  ])
  return Object.assign(cloud, { types })
}

function named(request: Pick<ResourceRequest, 'logicalId' | 'stackId' | 'properties'>): JsonObject {
  const { logicalId, stackId, properties } = request
  const name = `${stackId.split('/')[1]}-${logicalId}-${JSON.stringify(properties['Color'])}`
  return { ...properties, Name: name }
}

function readName({ Name: name }: JsonObject): string {
  return typeof name === 'string' ? name : ''
}

function stateOf(physicalId: string, properties: JsonObject): ResourceState {
  const value: Json = properties['Value'] ?? ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return {
    physicalId,
    attributes: { Arn: `arn:test:${physicalId}`, Value: text, ClientSecret: CLIENT_SECRET },
    ...(properties['Secret'] !== undefined && { isSecret: true }),
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted()
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}
