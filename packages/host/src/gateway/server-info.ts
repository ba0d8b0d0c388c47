import type { ServerInfo } from '@catamaran/tools/protocol'

/** What every gateway calls itself (AgentCore developer guide, initialize). */
export const SERVER_INFO: ServerInfo = { name: 'agentcore-gateway', version: '1.0.0' }
