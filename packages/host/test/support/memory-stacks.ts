import { loadSealer } from '../../src/kernel/seal.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { openStacks } from '../../src/stacks/open-stacks.ts'
import type { Stack, StackEvent, Stacks, StacksOptions } from '../../src/stacks/stacks.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { createMemoryCloud, type MemoryCloud } from './memory-cloud.ts'

export const SCOPE = DEFAULT_SCOPE
export const MASTER_KEY = { key: 'b'.repeat(64) }

export interface MemoryStacks extends AsyncDisposable {
  readonly stacks: Stacks
  readonly cloud: MemoryCloud
  readonly store: Store
  /** Templates by URL, SSM parameters and secrets by name. */
  readonly templates: Map<string, string>
  readonly parameters: Map<string, string>
  /** Creates or updates, waits, and gives what there is then. */
  deploy(stackName: string, resources: object, more?: Deployment): Promise<Stack>
  destroy(stackName: string): Promise<Stack>
  describe(stackName: string): Promise<Stack>
  /** `LogicalId STATUS reason`, oldest first. */
  events(stackName: string): Promise<string[]>
}

export interface Deployment {
  readonly template?: object
  readonly input?: Partial<Parameters<Stacks['createStack']>[1]>
}

export async function openMemoryStacks(
  given: {
    readonly cloud?: MemoryCloud
    readonly store?: Store
    readonly options?: Partial<StacksOptions>
  } = {},
): Promise<MemoryStacks> {
  const cloud = given.cloud ?? createMemoryCloud()
  const store = given.store ?? openStore(':memory:')
  const templates = new Map<string, string>()
  const parameters = new Map<string, string>()
  const stacks = await openStacks({
    store,
    sealer: await loadSealer(MASTER_KEY),
    types: cloud.types,
    aws: () => () => Promise.reject(new Error('These types call no services')),
    readTemplateUrl: async (_, url) => templates.get(url) ?? '',
    readParameter: async (_, name) => parameters.get(name),
    readSecret: async (_, { secretId }) => parameters.get(secretId),
    ...given.options,
  })
  const find = async (name: string) => {
    const all = await stacks.listStacks(SCOPE)
    const found = all.find(({ stackName }) => stackName === name)
    if (found === undefined) throw new Error(`There is no stack ${name}`)
    return found
  }
  return {
    stacks,
    cloud,
    store,
    templates,
    parameters,
    async deploy(stackName, resources, { template = {}, input = {} } = {}) {
      const templateBody = JSON.stringify({ Resources: resources, ...template })
      const there = await stacks.describeStacks(SCOPE, stackName).catch(() => [])
      const request = { stackName, templateBody, ...input }
      const { stackId } =
        there.length === 0
          ? await stacks.createStack(SCOPE, request)
          : await stacks.updateStack(SCOPE, request)
      await stacks.settled(stackId)
      return find(stackName)
    },
    async destroy(stackName) {
      const { stackId } = await find(stackName)
      await stacks.deleteStack(SCOPE, { stackName })
      await stacks.settled(stackId)
      return find(stackName)
    },
    describe: find,
    async events(stackName) {
      const { stackId } = await find(stackName)
      return (await stacks.events(SCOPE, stackId)).map(line).toReversed()
    },
    async [Symbol.asyncDispose]() {
      await stacks[Symbol.asyncDispose]()
      if (given.store === undefined) await store[Symbol.asyncDispose]()
    },
  }
}

function line({ logicalResourceId, resourceStatus, resourceStatusReason }: StackEvent): string {
  const reason = resourceStatusReason === undefined ? '' : ` ${resourceStatusReason}`
  return `${logicalResourceId} ${resourceStatus}${reason}`
}

/** A resource of a type of the memory cloud. */
export function resource(type: string, properties: object = {}, attributes: object = {}) {
  return { Type: `Test::Cloud::${type}`, Properties: properties, ...attributes }
}
