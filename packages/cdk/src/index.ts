/** CDK constructs that host MCP tools on AgentCore Gateway and AgentCore Runtime. */
export { CallerIdentity, type CallerIdentityProps } from './caller-identity.ts'
export { CognitoM2M, type CognitoM2MProps } from './cognito-m2m.ts'
export type { GatewayMcpServerProps } from './gateway-mcp-server-props.ts'
export { GatewayMcpServer } from './gateway-mcp-server.ts'
export type { EnvironmentProps, SecretField } from './hull-environment.ts'
export {
  McpAuthorizer,
  type IamAuthorizer,
  type IMcpAuthorizer,
  type JwtAuthorizer,
  type JwtAuthorizerProps,
} from './mcp-authorizer.ts'
export type { McpAlarmProps, McpServerProps } from './mcp-server-props.ts'
export { RemoteMcpServer, type RemoteMcpServerProps } from './remote-mcp-server.ts'
export type {
  DirectCode,
  ImageInRepository,
  RuntimeMcpServerProps,
} from './runtime-mcp-server-props.ts'
export { RuntimeMcpServer } from './runtime-mcp-server.ts'
export type { ToolDefinition } from '@catamaran/tools'
