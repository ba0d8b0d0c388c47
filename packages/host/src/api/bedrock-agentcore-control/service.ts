import { createService, type Service } from '../create-service.ts'
import type { Handlers } from '../operation.ts'
import type { BedrockAgentcoreControlOperations } from './shapes.ts'

/** AgentCore's control plane, from the tables of its features. */
export function createAgentCoreControlService(
  handlers: readonly Handlers<BedrockAgentcoreControlOperations>[],
): Service {
  return createService<BedrockAgentcoreControlOperations>({
    model: 'bedrock-agentcore-control',
    signingName: 'bedrock-agentcore',
    handlers,
  })
}
