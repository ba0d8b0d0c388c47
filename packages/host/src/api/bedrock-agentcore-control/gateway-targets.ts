// Gateway targets on the control plane (bedrock-agentcore-control 2023-06-05). Answers to a create, an
// update, a synchronization and a delete name the state that AWS would be in; a Lambda target is
// through with it before the next Get.
import type { Gateways } from '../../gateway/gateways.ts'
import type { TargetRecord } from '../../gateway/target-record.ts'
import { gatewayArn } from '../../kernel/ids.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { BedrockAgentcoreControlOperations, GatewayTarget, TargetSummary } from './shapes.ts'

type TargetOperations = Pick<
  BedrockAgentcoreControlOperations,
  | 'CreateGatewayTarget'
  | 'DeleteGatewayTarget'
  | 'GetGatewayTarget'
  | 'ListGatewayTargets'
  | 'SynchronizeGatewayTargets'
  | 'UpdateGatewayTarget'
>

/** The largest page that the model allows. */
const MAX_RESULTS = 1_000

export function gatewayTargetOperations({
  gateways,
}: {
  readonly gateways: Gateways
}): Handlers<TargetOperations> {
  return {
    async CreateGatewayTarget(
      { gatewayIdentifier, clientToken: _clientToken, ...input },
      { scope },
    ) {
      const control = await gateways.control()
      const target = await control.createTarget(scope, gatewayIdentifier, input)
      return describeTarget(target, scope, 'CREATING')
    },
    async GetGatewayTarget({ gatewayIdentifier, targetId }, { scope }) {
      const control = await gateways.control()
      return describeTarget(control.getTarget(scope, gatewayIdentifier, targetId), scope)
    },
    async UpdateGatewayTarget({ gatewayIdentifier, targetId, ...input }, { scope }) {
      const control = await gateways.control()
      const target = await control.updateTarget(scope, gatewayIdentifier, targetId, input)
      return describeTarget(target, scope, 'UPDATING')
    },
    async DeleteGatewayTarget({ gatewayIdentifier, targetId }, { scope }) {
      const control = await gateways.control()
      const target = await control.deleteTarget(scope, gatewayIdentifier, targetId)
      return { gatewayArn: gatewayArn(target.gatewayId, scope), targetId, status: 'DELETING' }
    },
    async ListGatewayTargets({ gatewayIdentifier, maxResults, nextToken }, { scope }) {
      const control = await gateways.control()
      return paginate(control.listTargets(scope, gatewayIdentifier).map(summarize), {
        maxResults,
        nextToken,
        limit: MAX_RESULTS,
        keyOf: ({ targetId }) => targetId,
      })
    },
    async SynchronizeGatewayTargets({ gatewayIdentifier, targetIdList }, { scope }) {
      const control = await gateways.control()
      const targets: GatewayTarget[] = []
      for (const targetId of targetIdList) {
        const target = await control.synchronizeTarget(scope, gatewayIdentifier, targetId)
        targets.push(describeTarget(target, scope))
      }
      return { targets }
    },
  }
}

function describeTarget(
  record: TargetRecord,
  scope: Scope,
  status: GatewayTarget['status'] = record.status,
): GatewayTarget {
  const { gatewayId, tools: _, next, ...facts } = record
  return {
    ...facts,
    ...next,
    gatewayArn: gatewayArn(gatewayId, scope),
    protocolType: 'MCP',
    status,
  }
}

function summarize(record: TargetRecord): TargetSummary {
  const { targetId, name, status, description, createdAt, updatedAt, lastSynchronizedAt } = record
  const { mcpServer } = record.targetConfiguration.mcp
  return {
    targetId,
    name,
    status,
    description,
    createdAt,
    updatedAt,
    lastSynchronizedAt,
    targetType: mcpServer ? 'MCP_SERVER' : 'LAMBDA',
    listingMode: mcpServer && 'DEFAULT',
    resourcePriority: mcpServer?.resourcePriority,
  }
}
