// Resource types over a real host: what the stack engine would have them do, one resource at a time.
import { join } from 'node:path'
import { AwsFault } from '../../src/aws/aws-fault.ts'
import type { ServiceModelName } from '../../src/aws/service-model.ts'
import { openBuckets } from '../../src/code/buckets/buckets.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { generateName } from '../../src/stacks/generated-names.ts'
import type { JsonObject } from '../../src/stacks/json.ts'
import { resourceTypes } from '../../src/stacks/resource-types/table.ts'
import type {
  CallAws,
  ResourceRequest,
  ResourceState,
  ResourceType,
} from '../../src/stacks/resource-type.ts'
import type { StartHostOptions } from '../../src/server/start-host.ts'
import { startAwsHost, type AwsClients, type AwsHost } from './aws-host.ts'
import { send } from './served-operations.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface LiveResource extends ResourceState {
  readonly type: string
  readonly logicalId: string
  readonly properties: JsonObject
}

export interface ResourceWorld extends AsyncDisposable {
  readonly host: AwsHost
  readonly clients: AwsClients
  readonly bucketsDir: string
  /** What was reported about resources, in order. */
  readonly reports: string[]
  /** What `initiated` was told, in order. */
  readonly initiated: string[]
  type(name: string): ResourceType
  create(
    type: string,
    properties: JsonObject,
    context?: Partial<ResourceRequest>,
  ): Promise<LiveResource>
  /** In place; throws when the type wants a replacement. */
  update(
    live: LiveResource,
    properties: JsonObject,
    context?: Partial<ResourceRequest>,
  ): Promise<LiveResource>
  delete(live: LiveResource): Promise<void>
}

export async function startResourceWorld(options: StartHostOptions = {}): Promise<ResourceWorld> {
  const folder = await temporaryFolder()
  const host = await startAwsHost({ dataDir: folder.path, ...options })
  const bucketsDir = join(folder.path, 'buckets')
  const clients = host.clients()
  const reports: string[] = []
  const initiated: string[] = []
  let changes = 0

  const types = resourceTypes({ buckets: openBuckets({ bucketsDir }) })
  const getType = (name: string) => {
    const found = types.get(name)
    if (found === undefined) throw new Error(`No type ${name}`)
    return found
  }
  const contextOf = (type: string, logicalId: string, given: Partial<ResourceRequest>) => {
    const { clientToken = `${'0'.repeat(40)}${changes++}` } = given
    return {
      stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/it/1',
      stackName: 'it',
      scope: DEFAULT_SCOPE,
      tags: {},
      logicalId,
      type,
      clientToken,
      isRetry: false,
      generateName: (name: Parameters<ResourceRequest['generateName']>[0]) =>
        generateName('it', logicalId, clientToken, name),
      aws: overSdk(clients),
      signal: new AbortController().signal,
      report: (progress: string) => void reports.push(progress),
      async initiated(physicalId: string) {
        initiated.push(physicalId)
      },
      ...given,
    }
  }

  return {
    host,
    clients,
    bucketsDir,
    reports,
    initiated,
    type: getType,
    async create(type, properties, given = {}) {
      const logicalId = given.logicalId ?? 'It'
      const context = contextOf(type, logicalId, given)
      const state = await getType(type).create({ ...context, properties })
      return { ...state, type, logicalId, properties }
    },
    async update(live, properties, given = {}) {
      const type = getType(live.type)
      if (type.update === undefined || type.needsReplacement(live.properties, properties)) {
        throw new Error(`${live.type} wants a replacement`)
      }
      const context = contextOf(live.type, live.logicalId, given)
      const state = await type.update({ ...context, properties, before: live })
      return { ...live, ...state, properties }
    },
    async delete(live) {
      const context = contextOf(live.type, live.logicalId, {})
      await getType(live.type).delete({ ...context, ...live })
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Operations by the AWS SDK, with refusals as a host's own code sees them. */
function overSdk(clients: AwsClients): CallAws {
  return (async (service: ServiceModelName, name: string, input: object) => {
    try {
      const { $metadata: _, ...output } = await send(clients, { service, name }, input)
      return output
    } catch (error) {
      if (!(error instanceof Error) || !('$metadata' in error)) throw error
      const { httpStatusCode = 500 } = error.$metadata as { httpStatusCode?: number }
      throw new AwsFault(error.name, httpStatusCode, error.message, { cause: error })
    }
  }) as CallAws
}
