import type { ToolDefinition } from '@catamaran/tools'
import { Token } from 'aws-cdk-lib'
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { addAlarms, type Watched } from './alarms.ts'
import { checkAuthorizer } from './check-authorizer.ts'
import { checkTools } from './check-tools.ts'
import { CognitoM2M } from './cognito-m2m.ts'
import type { GatewayMcpServerProps } from './gateway-mcp-server-props.ts'
import { toGatewayAuthorizer, type IMcpAuthorizer } from './mcp-authorizer.ts'
import { checkDescription, checkName } from './name-rules.ts'
import { Problems } from './problems.ts'
import { createToolFunction, type ToolFunction } from './tool-function.ts'
import { deliverTraces } from './trace-delivery.ts'
import { uniqueName } from './unique-name.ts'

const MAX_DESCRIPTION = 200
const MAX_INSTRUCTIONS = 2_048
/** Part of the function's time limit that a call should not come near to. */
const LONG_CALL = 0.8

/**
 * An MCP server behind AgentCore Gateway: one Lambda function for all tools, a gateway that checks who
 * calls, and the target that publishes the tools. The gateway may invoke this function and do nothing
 * else; what the tools may do is granted to the server (`table.grantReadData(server)`).
 *
 * ```ts
 * const server = new GatewayMcpServer(this, 'WebSearch', {
 *   entry: join(import.meta.dirname, 'server.ts'),
 *   secrets: { OPENAI_API_KEY: Secret.fromSecretNameV2(this, 'Key', 'openai-api-key') },
 * })
 * new CfnOutput(this, 'Url', { value: server.gatewayUrl })
 * ```
 */
export class GatewayMcpServer extends Construct implements iam.IGrantable {
  readonly gateway: agentcore.Gateway
  readonly function: IFunction
  readonly target: agentcore.CfnGatewayTarget
  readonly targetName: string
  /** As callers of this target's gateway see them, without the name of the target before theirs. */
  readonly tools: readonly ToolDefinition[]
  readonly authorizer: IMcpAuthorizer
  /** Where MCP clients connect. */
  readonly gatewayUrl: string
  /** The tools: what they may do is granted to the function's role. */
  readonly grantPrincipal: iam.IPrincipal

  constructor(scope: Construct, id: string, props: GatewayMcpServerProps) {
    super(scope, id)
    const problems = new Problems(this)
    const toolFunction = createToolFunction(this, problems, props)
    this.function = toolFunction.function
    this.grantPrincipal = this.function.grantPrincipal
    this.tools = toolFunction.tools ?? []
    this.targetName = checkName(
      problems,
      'targetName',
      props.targetName ?? toNameOf(toolFunction.serverName ?? id),
      'target',
    )
    if (toolFunction.tools !== undefined) checkTools(problems, this.targetName, this.tools)

    const authorizer = props.authorizer ?? new CognitoM2M(this, 'Callers')
    this.authorizer = checkAuthorizer(problems, authorizer)
    const description = checkDescription(problems, props.description, MAX_DESCRIPTION)
    const about = description === undefined ? {} : { description }
    this.gateway = createGateway(this, problems, props, {
      about,
      instructions: props.instructions ?? toolFunction.instructions,
    })
    this.gatewayUrl = this.gateway.gatewayUrl ?? ''
    this.target = createTarget(this, about)

    if (props.tracing === true) deliverTraces(this, this.gateway.gatewayArn)
    if (props.alarms) addAlarms(this, props.alarms, watched(this.gateway, toolFunction))
  }

  /** Lets an IAM principal call the gateway; only for `McpAuthorizer.iam()`. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.gateway.grantInvoke(grantee)
  }
}

interface About {
  readonly description?: string
}

/** `openai_web_search` → `openai-web-search`. */
function toNameOf(text: string): string {
  if (Token.isUnresolved(text)) return text
  return text.replaceAll(/[^0-9a-zA-Z]+/g, '-').replaceAll(/^-+|-+$/g, '')
}

function createGateway(
  server: GatewayMcpServer,
  problems: Problems,
  props: GatewayMcpServerProps,
  { about, instructions }: { about: About; instructions: string | undefined },
): agentcore.Gateway {
  const name = uniqueName(server, { maxLength: 48, separator: '-' })
  const isTooLong = (instructions?.length ?? 1) > MAX_INSTRUCTIONS || instructions === ''
  if (isTooLong) {
    problems.add(`instructions: must be 1 to ${MAX_INSTRUCTIONS} characters.`)
  }
  return new agentcore.Gateway(server, 'Gateway', {
    gatewayName: checkName(problems, 'gatewayName', props.gatewayName ?? name, name),
    ...about,
    authorizerConfiguration: toGatewayAuthorizer(server.authorizer),
    protocolConfiguration: new agentcore.McpProtocolConfiguration({
      supportedVersions: [...(props.supportedVersions ?? ALL_VERSIONS)],
      ...(instructions !== undefined && !isTooLong && { instructions }),
      ...(props.semanticSearch === true && {
        searchType: agentcore.McpGatewaySearchType.SEMANTIC,
      }),
    }),
    ...(props.exceptionLevel !== undefined && { exceptionLevel: props.exceptionLevel }),
  })
}

const ALL_VERSIONS = [
  agentcore.MCPProtocolVersion.MCP_2025_03_26,
  agentcore.MCPProtocolVersion.MCP_2025_06_18,
  agentcore.MCPProtocolVersion.MCP_2025_11_25,
  agentcore.MCPProtocolVersion.MCP_2026_07_28,
]

/** The L1, because the L2 lets the gateway invoke every version and alias of the function. */
function createTarget(server: GatewayMcpServer, about: About): agentcore.CfnGatewayTarget {
  const { gateway, function: tools } = server
  const invoke = iam.Grant.addToPrincipal({
    grantee: gateway.role,
    actions: ['lambda:InvokeFunction'],
    resourceArns: [tools.functionArn],
  })
  const target = new agentcore.CfnGatewayTarget(server, 'Target', {
    gatewayIdentifier: gateway.gatewayId,
    name: server.targetName,
    ...about,
    credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
    targetConfiguration: {
      mcp: {
        lambda: {
          lambdaArn: tools.functionArn,
          toolSchema: { inlinePayload: server.tools.map(toCloudFormation) },
        },
      },
    },
  })
  // AgentCore tries the permission when the target is made.
  invoke.applyBefore(target)
  return target
}

/** The same shape; CDK's types want lists that could be changed. */
function toCloudFormation(tool: ToolDefinition): agentcore.CfnGatewayTarget.ToolDefinitionProperty {
  return structuredClone(tool) as agentcore.CfnGatewayTarget.ToolDefinitionProperty
}

function watched(gateway: agentcore.Gateway, tools: ToolFunction): readonly Watched[] {
  const { function: made, timeout } = tools
  const common: Watched[] = [
    {
      id: 'GatewayErrors',
      metric: gateway.metricSystemErrors(),
      description: 'The gateway failed by itself.',
    },
    {
      id: 'GatewayThrottles',
      metric: gateway.metricThrottles(),
      description: 'The gateway turned callers away because of their rate.',
    },
  ]
  if (timeout === undefined) return common
  return [
    ...common,
    {
      id: 'ToolErrors',
      metric: made.metricErrors(),
      description: 'A tool failed, or was cut off.',
    },
    {
      id: 'ToolThrottles',
      metric: made.metricThrottles(),
      description:
        'A call found no room: the concurrency of the account or the function is used up.',
    },
    {
      id: 'ToolDuration',
      metric: made.metricDuration({ statistic: 'p99' }),
      threshold: timeout.toMilliseconds() * LONG_CALL,
      description: `Calls come close to the function's time limit of ${timeout.toSeconds()} s.`,
    },
  ]
}
