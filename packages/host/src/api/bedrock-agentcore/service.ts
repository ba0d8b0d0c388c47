import { createService, type Service } from '../create-service.ts'
import type { Handlers } from '../operation.ts'
import type { BedrockAgentcoreOperations } from './shapes.ts'

/** AgentCore's data plane. What streams is answered on its own paths, before this table is asked. */
export function createAgentCoreService(
  handlers: readonly Handlers<BedrockAgentcoreOperations>[],
): Service {
  return createService<BedrockAgentcoreOperations>({
    model: 'bedrock-agentcore',
    signingName: 'bedrock-agentcore',
    handlers,
    servedElsewhere: ['InvokeAgentRuntime', 'InvokeAgentRuntimeCommand', 'StopRuntimeSession'],
  })
}
