// What AgentCore is assumed to do where its documents are silent; nothing else in this package
// depends on a guess.

/** The header that carries the platform's request id into a container (AgentCore SDK, source). */
export const REQUEST_ID_HEADER = 'x-amzn-bedrock-agentcore-runtime-request-id'

/** Clients with capital letters send the client context as they wrote it, and Node does not change it. */
export const CUSTOM_MEMBERS = ['custom', 'Custom'] as const
