// The constraints of CreateGatewayTarget and UpdateGatewayTarget (bedrock-agentcore-control
// 2023-06-05) and of the AgentCore quotas page. There are targets of kind `mcp.lambda` and
// `mcp.mcpServer`; the others are refused, and so are private endpoints and response headers.
import { checkCredentials } from './check-credentials.ts'
import { isPropagatable } from './propagated-metadata.ts'
import { anything, integer, listOf, members, notSupported } from './member-rules.ts'
import { oneOf, text, textOf, union, type MemberRule } from './member-rules.ts'
import { refuseProblems, type Problem } from './problems.ts'
import type { TargetFacts } from './target-record.ts'
import { checkToolNames } from './tool-names.ts'
import { checkToolDefinitions } from './tool-schema.ts'

/** A target as somebody asks for it: everything but the name is still to be checked. */
export interface TargetInput {
  readonly name: string
  readonly description?: string | undefined
  readonly targetConfiguration: object
  readonly credentialProviderConfigurations?: readonly object[] | undefined
  readonly metadataConfiguration?: object | undefined
}

const MAX_INLINE_BYTES = 1024 * 1024
const LAMBDA_ARN =
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9_.-]+(?::[a-zA-Z0-9$_-]+)?$/

const s3 = members(
  {
    uri: text(/^s3:\/\/[^/]+\/.+$/, 'an address like s3://bucket/key'),
    bucketOwnerAccountId: text(/^\d{12}$/, 'an account: 12 digits'),
  },
  ['uri'],
)
const lambda = members(
  {
    lambdaArn: text(LAMBDA_ARN, 'the ARN of a Lambda function'),
    toolSchema: union({ inlinePayload: checkToolDefinitions, s3 }),
  },
  ['lambdaArn', 'toolSchema'],
)
const listingMode: MemberRule = (value, pointer, problems) => {
  if (value === 'DYNAMIC') notSupported(value, pointer, problems)
  else oneOf('DEFAULT')(value, pointer, problems)
}
const endpoint: MemberRule = (value, pointer, problems) => {
  const url = typeof value === 'string' ? URL.parse(value) : null
  const isUsable = /^https?:$/.test(url?.protocol ?? '') && url?.username === '' && url.hash === ''
  if (isUsable) return
  problems.push({ pointer, message: 'must be an https URL without user name and fragment' })
}
const mcpServer = members(
  {
    endpoint,
    mcpToolSchema: union({ inlinePayload: textOf(1, MAX_INLINE_BYTES), s3 }),
    listingMode,
    resourcePriority: integer(0, 1_000),
  },
  ['endpoint'],
)
const mcp = union({
  lambda,
  mcpServer,
  openApiSchema: notSupported,
  smithyModel: notSupported,
  apiGateway: notSupported,
  connector: notSupported,
})
const headerName: MemberRule = (value, pointer, problems) => {
  if (typeof value === 'string' && isPropagatable(value)) return
  const name = typeof value === 'string' ? `Header '${value.slice(0, 100)}'` : 'It'
  problems.push({ pointer, message: `${name} is restricted and cannot be configured` })
}
const target = members(
  {
    name: text(
      /^(?:[0-9a-zA-Z]-?){1,100}$/,
      '1–100 letters or digits, with single hyphens between',
    ),
    description: textOf(1, 200),
    targetConfiguration: union({ mcp, http: notSupported, inference: notSupported }),
    credentialProviderConfigurations: anything, // checked below, by kind of target
    metadataConfiguration: members({
      allowedRequestHeaders: listOf(headerName, { min: 1, max: 10 }),
      allowedQueryParameters: listOf(text(/^[\w-]{1,40}$/, '1–40 letters, digits, _ or -'), {
        min: 1,
        max: 10,
      }),
      allowedResponseHeaders: notSupported,
    }),
    privateEndpoint: notSupported,
    certificateConfigurations: notSupported,
  },
  ['name', 'targetConfiguration'],
)

/** What is asked for, copied; refuses what cannot become a target, with every mistake at once. */
export function readTarget(input: TargetInput): TargetFacts {
  const what = `Target ${JSON.stringify(input.name)}`
  const problems: Problem[] = []
  target(input, '', problems)
  refuseProblems(what, problems)

  const { name, description, targetConfiguration, metadataConfiguration } = input
  const { credentialProviderConfigurations = [] } = input
  const json = JSON.stringify({
    name,
    description,
    targetConfiguration,
    credentialProviderConfigurations,
    metadataConfiguration,
  })
  const facts = JSON.parse(json) as TargetFacts // its members were checked above and are below
  checkCredentials(facts, problems)
  checkInlineTools(facts, problems)
  refuseProblems(what, problems)
  return facts
}

function checkInlineTools({ name, targetConfiguration }: TargetFacts, problems: Problem[]): void {
  const tools = targetConfiguration.mcp.lambda?.toolSchema.inlinePayload
  if (tools === undefined) return
  const pointer = '/targetConfiguration/mcp/lambda/toolSchema/inlinePayload'
  checkToolNames(name, tools, pointer, problems)
  const bytes = Buffer.byteLength(JSON.stringify(tools))
  if (bytes <= MAX_INLINE_BYTES) return
  const message = `must have ${MAX_INLINE_BYTES} or fewer bytes, not ${bytes}`
  problems.push({ pointer, message })
}
