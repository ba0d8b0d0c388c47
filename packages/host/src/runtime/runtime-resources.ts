// Tags of agent runtimes and their endpoints, and resource policies of agent runtimes, by ARN.
import { HostError } from '../kernel/host-error.ts'
import type { EndpointRecord } from './agent-runtime-record.ts'
import { checkOrigin } from './check-changeable.ts'
import type { Registry, RuntimeEntry } from './registry.ts'

export interface RuntimeResources {
  hasResource(arn: string): boolean
  readTags(arn: string): Readonly<Record<string, string>>
  writeTags(arn: string, tags: Readonly<Record<string, string>>): Promise<void>
  readPolicy(arn: string): string | undefined
  writePolicy(arn: string, policy: string | undefined): Promise<void>
}

interface Found {
  readonly entry: RuntimeEntry
  readonly endpoint: EndpointRecord | undefined
}

const RESOURCE =
  /^(arn:aws:bedrock-agentcore:[^:]*:\d{12}:runtime\/([^/]+))(?:\/runtime-endpoint\/([^/]+))?$/

export function createRuntimeResources(registry: Registry): RuntimeResources {
  const find = (arn: string): Found | undefined => {
    const [, runtimeArn, agentRuntimeId = '', name] = RESOURCE.exec(arn) ?? []
    const entry = registry.find(agentRuntimeId)
    if (entry === undefined || entry.record.agentRuntimeArn !== runtimeArn) return undefined
    const endpoint = name === undefined ? undefined : entry.endpoints.get(name)
    return name !== undefined && endpoint === undefined ? undefined : { entry, endpoint }
  }
  const get = (arn: string): Found => {
    const found = find(arn)
    if (found) return found
    throw new HostError('ERR_NOT_FOUND', `No resource ${arn.slice(0, 300)}`)
  }
  const getRuntime = (arn: string): RuntimeEntry => {
    const { entry, endpoint } = get(arn)
    if (endpoint === undefined) return entry
    throw new HostError('ERR_INVALID_INPUT', 'An endpoint has no resource policy; its runtime has')
  }

  return {
    hasResource: (arn) => find(arn) !== undefined,
    readTags(arn) {
      const { entry, endpoint } = get(arn)
      return (endpoint ?? entry.record).tags
    },
    writeTags: (arn, tags) =>
      registry.inTurn(async () => {
        const { entry, endpoint } = get(arn)
        checkOrigin(entry.record)
        const change = endpoint
          ? { endpoint: { ...endpoint, tags } }
          : { runtime: { ...entry.record, tags } }
        await registry.write([change])
      }),
    readPolicy: (arn) => getRuntime(arn).record.resourcePolicy,
    writePolicy: (arn, resourcePolicy) =>
      registry.inTurn(async () => {
        const { record } = getRuntime(arn)
        checkOrigin(record)
        await registry.write([{ runtime: { ...record, resourcePolicy } }])
      }),
  }
}
