import { SERVER_HOST_NAME } from './compat.ts'

/** What AgentCore Runtime asks of a server, by protocol (AgentCore developer guide, service contracts). */
export interface ServerProtocol {
  /** Where a server listens; moved to a port of its own here. */
  readonly port: number
  readonly path: string
  /** What the server sees as Content-Type when the caller sent none; not documented. */
  readonly defaultContentType: string
  /** Where it says that it is well; undefined when a port that answers is enough. */
  readonly healthPath: string | undefined
}

export type ServerProtocolName = 'MCP' | 'HTTP'

export const SERVER_PROTOCOLS: Record<ServerProtocolName, ServerProtocol> = {
  MCP: {
    port: 8_000,
    path: '/mcp',
    defaultContentType: 'application/json',
    healthPath: undefined,
  },
  HTTP: {
    port: 8_080,
    path: '/invocations',
    defaultContentType: 'application/octet-stream',
    healthPath: '/ping',
  },
}

/** What a server sees as Host: its own name, which passes the usual DNS-rebinding checks. */
export function serverHost(protocol: ServerProtocolName): string {
  return `${SERVER_HOST_NAME}:${SERVER_PROTOCOLS[protocol].port}`
}
