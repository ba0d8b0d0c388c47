// Endpoints of agent runtimes (bedrock-agentcore-control 2023-06-05).
import type { DescribedEndpoint } from '../../runtime/endpoint-operations.ts'
import type { Runtimes } from '../../runtime/start-runtimes.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { AgentRuntimeEndpoint, BedrockAgentcoreControlOperations } from './shapes.ts'

/** Service model: maxResults. */
const PAGE_LIMIT = 100

export function agentRuntimeEndpointOperations({
  runtimes,
}: {
  readonly runtimes: Pick<Runtimes, 'control'>
}): Handlers<BedrockAgentcoreControlOperations> {
  return {
    async CreateAgentRuntimeEndpoint({ agentRuntimeId, ...input }, { scope }) {
      const operations = await runtimes.control()
      const created = await operations.createEndpoint(scope, agentRuntimeId, input)
      return {
        ...arnsOf(created),
        agentRuntimeId,
        endpointName: created.endpoint.name,
        createdAt: new Date(created.endpoint.createdAt),
        status: 'CREATING',
        targetVersion: created.targetVersion ?? created.record.newestVersion,
      }
    },

    async UpdateAgentRuntimeEndpoint({ agentRuntimeId, endpointName, ...input }, { scope }) {
      const operations = await runtimes.control()
      const { before, after } = await operations.updateEndpoint(
        scope,
        agentRuntimeId,
        endpointName,
        input,
      )
      return {
        ...arnsOf(after),
        createdAt: new Date(after.endpoint.createdAt),
        lastUpdatedAt: new Date(after.endpoint.lastUpdatedAt),
        liveVersion: before.endpoint.liveVersion,
        targetVersion: after.targetVersion,
        status: 'UPDATING',
      }
    },

    async GetAgentRuntimeEndpoint({ agentRuntimeId, endpointName }, { scope }) {
      const operations = await runtimes.control()
      const described = operations.getEndpoint(scope, agentRuntimeId, endpointName)
      const { failureReason } = described
      return { ...describeEndpoint(described), ...(failureReason && { failureReason }) }
    },

    async DeleteAgentRuntimeEndpoint({ agentRuntimeId, endpointName }, { scope }) {
      const operations = await runtimes.control()
      await operations.deleteEndpoint(scope, agentRuntimeId, endpointName)
      return { agentRuntimeId, endpointName, status: 'DELETING' }
    },

    async ListAgentRuntimeEndpoints({ agentRuntimeId, maxResults, nextToken }, { scope }) {
      const operations = await runtimes.control()
      const keyOf = ({ endpoint }: DescribedEndpoint) => endpoint.name
      const page = paginate(operations.listEndpoints(scope, agentRuntimeId), {
        maxResults,
        nextToken,
        limit: PAGE_LIMIT,
        keyOf,
      })
      return { runtimeEndpoints: page.items.map(describeEndpoint), nextToken: page.nextToken }
    },
  }
}

function arnsOf({ record: { agentRuntimeArn }, endpoint: { name } }: DescribedEndpoint) {
  return { agentRuntimeArn, agentRuntimeEndpointArn: `${agentRuntimeArn}/runtime-endpoint/${name}` }
}

function describeEndpoint(described: DescribedEndpoint): AgentRuntimeEndpoint {
  const { endpoint, status, targetVersion } = described
  const { name, id, description, liveVersion, createdAt, lastUpdatedAt } = endpoint
  return {
    ...arnsOf(described),
    name,
    id,
    ...(description !== undefined && { description }),
    liveVersion,
    targetVersion,
    status,
    createdAt: new Date(createdAt),
    lastUpdatedAt: new Date(lastUpdatedAt),
  }
}
