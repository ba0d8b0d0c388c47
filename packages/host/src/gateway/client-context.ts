// What a function is told about the call beside its arguments: `context.clientContext.custom`, six
// keys (AgentCore developer guide, Lambda targets), and two more for what the target lets through of
// the caller's request. Who is calling is not among them.
import type { RequestId } from '@catamaran/tools/protocol'
import type { PropagatedMetadata } from './propagated-metadata.ts'
import type { TargetRecord } from './target-record.ts'

/** The part that is the same for every call of a tool: JSON text, up to where the request id goes. */
export function clientContextHead(
  { gatewayId, targetId }: Pick<TargetRecord, 'gatewayId' | 'targetId'>,
  toolName: string,
): string {
  const custom = JSON.stringify({
    bedrockAgentCoreMessageVersion: '1.0',
    bedrockAgentCoreGatewayId: gatewayId,
    bedrockAgentCoreTargetId: targetId,
    bedrockAgentCoreToolName: toolName,
  })
  return `{"custom":${custom.slice(0, -1)},"bedrockAgentCoreAwsRequestId":`
}

/** The whole client context of one call; the message id is the JSON-RPC id as received. */
export function formatClientContext(
  head: string,
  requestId: string,
  messageId: RequestId,
  passed?: PropagatedMetadata,
): string {
  const rest = passed === undefined ? '' : `,${formatPropagated(passed)}`
  return `${head}${JSON.stringify(requestId)},"bedrockAgentCoreMcpMessageId":${JSON.stringify(messageId)}${rest}}}`
}

function formatPropagated({ headers, queryParameters }: PropagatedMetadata): string {
  return JSON.stringify({
    bedrockAgentCorePropagatedHeaders: headers,
    bedrockAgentCorePropagatedQueryParameters: queryParameters,
  }).slice(1, -1)
}
