import { CfnOutput, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { CallerIdentity } from './caller-identity.ts'
import { CognitoM2M } from './cognito-m2m.ts'
import { GatewayMcpServer } from './gateway-mcp-server.ts'
import type { GatewayMcpServerProps } from './gateway-mcp-server-props.ts'
import type { IMcpAuthorizer } from './mcp-authorizer.ts'
import type { McpServerProps } from './mcp-server-props.ts'
import { RuntimeMcpServer } from './runtime-mcp-server.ts'
import type { RuntimeMcpServerProps } from './runtime-mcp-server-props.ts'

export interface RemoteMcpServerProps extends McpServerProps {
  /**
   * What is different for the gateway; `code`, `function` and their `tools` replace `entry` there.
   *
   * @default - the common props
   */
  readonly gateway?: GatewayMcpServerProps

  /**
   * What is different for the runtime; `code`, `container` and `image` replace `entry` there.
   *
   * @default - the common props
   */
  readonly runtime?: RuntimeMcpServerProps

  /**
   * Makes a credential provider and a workload identity for agents that call: they get tokens from
   * AgentCore Identity and know no secret. Only with a `CognitoM2M`.
   *
   * @default true
   */
  readonly callerIdentity?: boolean

  /**
   * Writes what clients need into the stack's outputs, each name beginning with the construct's id:
   * `…GatewayUrl`, `…RuntimeArn`, `…RuntimeUrl`, and with a `CognitoM2M` also `…TokenUrl`, `…ClientId`,
   * `…UserPoolId`, `…Scopes`, `…CredentialProvider`, `…WorkloadIdentity`. No secret is among them.
   *
   * @default true
   */
  readonly outputs?: boolean
}

/**
 * The same tools in both hulls, for the same callers: a `GatewayMcpServer` and a `RuntimeMcpServer` from
 * one `defineServer` file (or from existing code), with one authorizer.
 *
 * ```ts
 * new RemoteMcpServer(this, 'WebSearch', {
 *   entry: join(import.meta.dirname, 'server.ts'),
 *   secrets: { OPENAI_API_KEY: Secret.fromSecretNameV2(this, 'Key', 'openai-api-key') },
 * })
 * ```
 */
export class RemoteMcpServer extends Construct {
  readonly gateway: GatewayMcpServer
  readonly runtime: RuntimeMcpServer
  readonly authorizer: IMcpAuthorizer
  readonly callerIdentity?: CallerIdentity

  constructor(scope: Construct, id: string, props: RemoteMcpServerProps) {
    super(scope, id)
    const { gateway = {}, runtime = {}, callerIdentity = true, outputs = true, ...rest } = props
    const { entry, ...common } = rest
    this.authorizer = props.authorizer ?? new CognitoM2M(this, 'Callers')
    const { authorizer } = this
    const hasOwnTools = gateway.code !== undefined || gateway.function !== undefined
    const hasOwnServer = [runtime.code, runtime.container, runtime.image].some(Boolean)
    const shared = entry === undefined ? {} : { entry }
    this.gateway = new GatewayMcpServer(this, 'Gateway', {
      ...common,
      ...(!hasOwnTools && shared),
      authorizer,
      ...gateway,
    })
    this.runtime = new RuntimeMcpServer(this, 'Runtime', {
      ...common,
      ...(!hasOwnServer && shared),
      authorizer,
      ...runtime,
    })
    if (callerIdentity && authorizer instanceof CognitoM2M) {
      this.callerIdentity = new CallerIdentity(this, 'CallerIdentity', { authorizer })
    }
    if (outputs) writeOutputs(this)
  }
}

function writeOutputs(server: RemoteMcpServer): void {
  const { gateway, runtime, authorizer, callerIdentity, node } = server
  const write = (name: string, value: string, description: string) =>
    // On the stack itself, so that the name has no hash.
    new CfnOutput(Stack.of(server), `${node.id}${name}`, { value, description })
  write('GatewayUrl', gateway.gatewayUrl, 'Where MCP clients connect: gateway')
  write('RuntimeUrl', runtime.runtimeUrl, 'Where MCP clients connect: runtime')
  write('RuntimeArn', runtime.runtimeArn, 'The agent runtime')
  if (!(authorizer instanceof CognitoM2M)) return
  write('TokenUrl', authorizer.tokenUrl, 'Where tokens are')
  write('ClientId', authorizer.clientId, 'Who asks for a token')
  write('UserPoolId', authorizer.userPool.userPoolId, 'Where the secret of the client is shown')
  write('Scopes', authorizer.scopes.join(' '), 'What a token is asked for')
  if (callerIdentity === undefined) return
  const { credentialProviderName, workloadIdentityName } = callerIdentity
  write('CredentialProvider', credentialProviderName, 'provider_name in requires_access_token')
  write('WorkloadIdentity', workloadIdentityName, 'workload_identity_name in .agentcore.json')
}
