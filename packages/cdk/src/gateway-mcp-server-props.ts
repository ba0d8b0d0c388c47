import type { ToolDefinition } from '@catamaran/tools'
import type { Duration, aws_bedrockagentcore, aws_lambda } from 'aws-cdk-lib'
import type { McpServerProps } from './mcp-server-props.ts'

export interface GatewayMcpServerProps extends McpServerProps {
  /**
   * Existing code instead of `entry`; `handler`, `runtime` and `tools` go with it.
   *
   * @default - `entry` is bundled
   */
  readonly code?: aws_lambda.Code

  /**
   * Where `code` is entered, e.g. `index.lambda_handler`.
   *
   * @default - the server's own
   */
  readonly handler?: string

  /**
   * What runs `code`.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: aws_lambda.Runtime

  /**
   * Layers for `code`.
   *
   * @default - none
   */
  readonly layers?: readonly aws_lambda.ILayerVersion[]

  /**
   * An existing function (or an alias or version of one) instead of `entry`; `tools` goes with it. Its
   * environment, limits, logs and alarms stay its own.
   *
   * @default - a function is made
   */
  readonly function?: aws_lambda.IFunction

  /**
   * The tools of existing code: their definitions, or a JSON file with a list of them. One has `name`,
   * `description`, `inputSchema` and perhaps `outputSchema`; a schema has `type`, `properties`,
   * `required`, `items` and `description`, and nothing else (AgentCore Control API, ToolDefinition).
   *
   * @default - the server is asked for them when the app is synthesised
   */
  readonly tools?: readonly ToolDefinition[] | string

  /**
   * What happens to parts of a server's schemas that AgentCore has no words for (`enum`, `minimum`,
   * `pattern` …): `widen` says them in the description, which is shown as a warning, and the handler still
   * enforces them; `error` refuses. What words cannot replace (`null`, unions, …) is always refused.
   *
   * @default 'widen'
   */
  readonly onSchemaLoss?: 'error' | 'widen'

  /**
   * 1 to 48 letters, digits and hyphens; unique in the account and Region.
   *
   * @default - a name from the construct's path
   */
  readonly gatewayName?: string

  /**
   * 1 to 100 letters, digits and hyphens. Callers see it in the name of every tool:
   * `{targetName}___{toolName}`.
   *
   * @default - the name that `defineServer` was given; for existing code, the construct's id
   */
  readonly targetName?: string

  /**
   * The function's limit for one call: 1 second to 15 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration

  /**
   * The function's memory in MB, 128 to 10240. Its share of a CPU grows with it; 1769 is a whole one.
   *
   * @default 512
   */
  readonly memorySize?: number

  /**
   * @default Architecture.ARM_64
   */
  readonly architecture?: aws_lambda.Architecture

  /**
   * Lists a search tool first, `x_amz_bedrock_agentcore_search`, that finds tools by what they are for. It
   * helps models when there are many tools, and costs extra.
   *
   * @default false
   */
  readonly semanticSearch?: boolean

  /**
   * What models are told about the server as a whole. 1 to 2048 characters.
   *
   * @default - the `instructions` of `defineServer`, if there are any
   */
  readonly instructions?: string

  /**
   * The MCP revisions that are spoken.
   *
   * @default - all that this version of CDK knows: 2025-03-26 to 2026-07-28
   */
  readonly supportedVersions?: readonly aws_bedrockagentcore.MCPProtocolVersion[]

  /**
   * `GatewayExceptionLevel.DEBUG` shows callers why a tool failed, and with it whatever the error says.
   *
   * @default - callers read "An internal error occurred. Please retry later."
   */
  readonly exceptionLevel?: aws_bedrockagentcore.GatewayExceptionLevel
}
