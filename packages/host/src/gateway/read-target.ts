// The constraints of CreateGatewayTarget (bedrock-agentcore-control 2023-06-05) and of the AgentCore
// quotas page. Target kinds other than `mcp.lambda` are not there yet.
import { SEPARATOR } from './catalogue.ts'
import type { TargetConfiguration } from './gateway-record.ts'
import { listOf, members, notSupported, oneOf, text, textOf, union } from './member-rules.ts'
import { refuseProblems, type Problem } from './problems.ts'
import { checkToolDefinitions, type ToolDefinition } from './tool-schema.ts'

export interface TargetInput {
  readonly name: string
  /** Of the target to replace, or for a new one. Left out: the target of that name, or a new id. */
  readonly targetId?: string | undefined
  readonly description?: string | undefined
  readonly targetConfiguration: {
    readonly mcp: {
      readonly lambda: {
        readonly lambdaArn: string
        /** A list of ToolDefinition, from whoever wrote it: all of it is checked here. */
        readonly toolSchema: { readonly inlinePayload: unknown }
      }
    }
  }
  readonly credentialProviderConfigurations?: readonly object[] | undefined
}

const MAX_TOOL_NAME_LENGTH = 256
const MAX_INLINE_BYTES = 1024 * 1024
const SCHEMA_POINTER = '/targetConfiguration/mcp/lambda/toolSchema/inlinePayload'

const LAMBDA_ARN =
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9_-]+(?::[a-zA-Z0-9$_-]+)?$/

const lambda = members(
  {
    lambdaArn: text(LAMBDA_ARN, 'the ARN of a Lambda function'),
    toolSchema: union({ inlinePayload: checkToolDefinitions, s3: notSupported }),
  },
  ['lambdaArn', 'toolSchema'],
)
const mcp = union({
  lambda,
  openApiSchema: notSupported,
  smithyModel: notSupported,
  mcpServer: notSupported,
  apiGateway: notSupported,
  connector: notSupported,
})
const target = members(
  {
    name: text(
      /^(?:[0-9a-zA-Z]-?){1,100}$/,
      '1–100 letters or digits, with single hyphens between',
    ),
    targetId: text(/^[0-9a-zA-Z]{10}$/, 'ten letters or digits'),
    description: textOf(1, 200),
    targetConfiguration: union({ mcp, http: notSupported, inference: notSupported }),
    // A function is called with the gateway's own role, and nothing about that can be configured.
    credentialProviderConfigurations: listOf(
      members({ credentialProviderType: oneOf('GATEWAY_IAM_ROLE') }, ['credentialProviderType']),
      { max: 1 },
    ),
    metadataConfiguration: notSupported,
    privateEndpoint: notSupported,
    certificateConfigurations: notSupported,
  },
  ['name', 'targetConfiguration'],
)

/** The configuration, copied; refuses what cannot become a target, with every mistake at once. */
export function readTargetConfiguration(input: TargetInput): TargetConfiguration {
  const what = `Target ${JSON.stringify(input.name)}`
  const problems: Problem[] = []
  target(input, '', problems)
  refuseProblems(what, problems)

  const { lambdaArn, toolSchema } = input.targetConfiguration.mcp.lambda
  const json = JSON.stringify(toolSchema.inlinePayload)
  const inlinePayload = JSON.parse(json) as readonly ToolDefinition[] // checked two lines above
  checkSizes(input.name, inlinePayload, Buffer.byteLength(json), problems)
  refuseProblems(what, problems)
  return { mcp: { lambda: { lambdaArn, toolSchema: { inlinePayload } } } }
}

function checkSizes(
  targetName: string,
  tools: readonly ToolDefinition[],
  inlineBytes: number,
  problems: Problem[],
): void {
  if (inlineBytes > MAX_INLINE_BYTES) {
    const message = `must have ${MAX_INLINE_BYTES} or fewer bytes, not ${inlineBytes}`
    problems.push({ pointer: SCHEMA_POINTER, message })
  }
  for (const [index, tool] of tools.entries()) {
    const { length } = targetName + SEPARATOR + tool.name
    if (length <= MAX_TOOL_NAME_LENGTH) continue
    const message = `must have ${MAX_TOOL_NAME_LENGTH} or fewer characters together with the target's name and ${SEPARATOR}, not ${length}`
    problems.push({ pointer: `${SCHEMA_POINTER}/${index}/name`, message })
  }
}
