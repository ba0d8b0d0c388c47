// The constraints of CreateGateway and UpdateGateway (bedrock-agentcore-control 2023-06-05), for app
// files and for API callers alike. What is missing here, and refused rather than ignored, is marked
// `notSupported`.
import { REVISIONS } from '@catamaran/tools/protocol'
import type { JwtConfiguration } from './gateway-record.ts'
import {
  anything,
  listOf,
  mapOf,
  members,
  notSupported,
  oneOf,
  text,
  textOf,
} from './member-rules.ts'
import type { MemberRule } from './member-rules.ts'
import { refuseProblems, type Problem } from './problems.ts'

export interface GatewayInput {
  readonly name: string
  readonly description?: string | undefined
  readonly roleArn?: string | undefined
  readonly kmsKeyArn?: string | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  /** Needed for `CUSTOM_JWT`, possible for `AUTHENTICATE_ONLY`. */
  readonly authorizerConfiguration?: JwtConfiguration | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly protocolConfiguration?: { readonly mcp?: McpInput | undefined } | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

interface McpInput {
  readonly supportedVersions?: readonly string[] | undefined
  readonly instructions?: string | undefined
  readonly searchType?: 'SEMANTIC' | undefined
  readonly streamingConfiguration?:
    | { readonly enableResponseStreaming?: boolean | undefined }
    | undefined
  /** True or false, `tools/list` answers with one page. */
  readonly disableMcpListToolsPagination?: boolean | undefined
}

const enabled: MemberRule = (value, pointer, problems) => {
  if (value === true) notSupported(value, pointer, problems)
  else oneOf(false)(value, pointer, problems)
}

const checkGateway = members(
  {
    name: text(/^(?:[0-9a-zA-Z]-?){1,48}$/, '1–48 letters or digits, with single hyphens between'),
    description: textOf(1, 200),
    roleArn: text(/^arn:aws(?:-[^:]+)?:iam::(?:\d{12})?:role\/.+$/, 'the ARN of a role'),
    kmsKeyArn: textOf(1, 2_048),
    authorizerType: oneOf('CUSTOM_JWT', 'AWS_IAM', 'NONE', 'AUTHENTICATE_ONLY'),
    authorizerConfiguration: members({ customJWTAuthorizer: anything }, ['customJWTAuthorizer']),
    exceptionLevel: oneOf('DEBUG'),
    protocolType: oneOf('MCP'),
    protocolConfiguration: members({
      mcp: members({
        supportedVersions: listOf(oneOf(...REVISIONS), { min: 1 }),
        instructions: textOf(1, 2_048),
        searchType: oneOf('SEMANTIC'),
        disableMcpListToolsPagination: oneOf(true, false),
        sessionConfiguration: notSupported,
        streamingConfiguration: members({ enableResponseStreaming: enabled }),
      }),
    }),
    tags: mapOf(textOf(0, 256)),
    interceptorConfigurations: notSupported,
    policyEngineConfiguration: notSupported,
    wafConfiguration: notSupported,
    customTransformConfiguration: notSupported,
  },
  ['name', 'authorizerType'],
)

/** Refuses what cannot become a gateway, with every mistake at once. */
export function checkGatewayInput(input: GatewayInput): void {
  const problems: Problem[] = []
  checkGateway(input, '', problems)
  checkAuthorizer(input, problems)
  refuseProblems(`Gateway ${JSON.stringify(input.name)}`, problems)
}

function checkAuthorizer(input: GatewayInput, problems: Problem[]): void {
  const { authorizerType } = input
  const pointer = '/authorizerConfiguration'
  const isGiven = input.authorizerConfiguration !== undefined
  if (authorizerType === 'CUSTOM_JWT' && !isGiven) {
    problems.push({ pointer, message: 'is missing; CUSTOM_JWT needs it' })
  }
  if (isGiven && (authorizerType === 'NONE' || authorizerType === 'AWS_IAM')) {
    problems.push({ pointer, message: `must be left out; ${authorizerType} reads no tokens` })
  }
}
