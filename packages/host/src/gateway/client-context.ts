// What a function is told about the call beside its arguments: `context.clientContext.custom`, six
// keys (AgentCore developer guide, Lambda targets). Who is calling is not among them.
import type { RequestId } from '@catamaran/tools/protocol'
import type { TargetRecord } from './gateway-record.ts'

/** The part that is the same for every call of a tool: JSON text, up to where the request id goes. */
export function clientContextHead({ gatewayId, targetId }: TargetRecord, toolName: string): string {
  const custom = JSON.stringify({
    bedrockAgentCoreMessageVersion: '1.0',
    bedrockAgentCoreGatewayId: gatewayId,
    bedrockAgentCoreTargetId: targetId,
    bedrockAgentCoreToolName: toolName,
  })
  return `{"custom":${custom.slice(0, -1)},"bedrockAgentCoreAwsRequestId":`
}

/** The whole client context of one call; the message id is the JSON-RPC id as received. */
export function formatClientContext(head: string, requestId: string, messageId: RequestId): string {
  return `${head}${JSON.stringify(requestId)},"bedrockAgentCoreMcpMessageId":${JSON.stringify(messageId)}}}`
}
