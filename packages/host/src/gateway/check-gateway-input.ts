// The constraints of CreateGateway (bedrock-agentcore-control 2023-06-05). What is missing here, and
// refused rather than ignored, is marked `notSupported`.
import { REVISIONS } from '@catamaran/tools/protocol'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import { anything, listOf, members, notSupported, oneOf, text, textOf } from './member-rules.ts'
import type { MemberRule } from './member-rules.ts'
import { refuseProblems, type Problem } from './problems.ts'

export interface GatewayInput {
  readonly name: string
  /** Made up when left out; given by whoever wants the URL to stay the same. */
  readonly gatewayId?: string | undefined
  readonly description?: string | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'NONE'
  /** Needed for `CUSTOM_JWT`; as `readCustomJwtAuthorizer` returns it. */
  readonly authorizerConfiguration?:
    | { readonly customJWTAuthorizer: CustomJwtAuthorizer }
    | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly protocolConfiguration?: { readonly mcp?: McpInput | undefined } | undefined
  /** Scheme and authority under which the host is reached. */
  readonly baseUrl: string
}

interface McpInput {
  readonly supportedVersions?: readonly string[] | undefined
  readonly instructions?: string | undefined
  /** True or false, `tools/list` answers with one page. */
  readonly disableMcpListToolsPagination?: boolean | undefined
}

/** Callers that sign with SigV4 come with the control plane. */
const authorizerType: MemberRule = (value, pointer, problems) => {
  if (value !== 'AWS_IAM' && value !== 'AUTHENTICATE_ONLY') {
    return oneOf('CUSTOM_JWT', 'NONE')(value, pointer, problems)
  }
  const message = `${value} is not supported here yet; use CUSTOM_JWT or NONE`
  problems.push({ pointer, message, isNotSupported: true })
}

const enabled: MemberRule = (value, pointer, problems) => {
  if (value === true) notSupported(value, pointer, problems)
  else oneOf(false)(value, pointer, problems)
}

const checkGateway = members(
  {
    name: text(/^(?:[0-9a-zA-Z]-?){1,48}$/, '1–48 letters or digits, with single hyphens between'),
    gatewayId: text(
      /^(?:[0-9a-z]-?){1,100}-[0-9a-z]{10}$/,
      'the name in lower case, a hyphen and ten lower-case letters or digits',
    ),
    description: textOf(1, 200),
    authorizerType,
    authorizerConfiguration: members({ customJWTAuthorizer: anything }, ['customJWTAuthorizer']),
    exceptionLevel: oneOf('DEBUG'),
    protocolType: oneOf('MCP'),
    protocolConfiguration: members({
      mcp: members({
        supportedVersions: listOf(oneOf(...REVISIONS), { min: 1 }),
        instructions: textOf(1, 2_048),
        disableMcpListToolsPagination: oneOf(true, false),
        searchType: notSupported,
        sessionConfiguration: notSupported,
        streamingConfiguration: members({ enableResponseStreaming: enabled }),
      }),
    }),
    interceptorConfigurations: notSupported,
    policyEngineConfiguration: notSupported,
    baseUrl: text(/^https?:\/\/[^/]+$/, 'a scheme and an authority, like http://127.0.0.1:4420'),
  },
  ['name', 'authorizerType', 'baseUrl'],
)

/** Refuses what cannot become a gateway, with every mistake at once. */
export function checkGatewayInput(input: GatewayInput): void {
  const problems: Problem[] = []
  checkGateway(input, '', problems)
  checkAuthorizer(input, problems)
  refuseProblems(`Gateway ${JSON.stringify(input.name)}`, problems)
}

function checkAuthorizer(input: GatewayInput, problems: Problem[]): void {
  const pointer = '/authorizerConfiguration'
  const isGiven = input.authorizerConfiguration !== undefined
  if (input.authorizerType === 'CUSTOM_JWT' && !isGiven) {
    problems.push({ pointer, message: 'is missing; CUSTOM_JWT needs it' })
  }
  if (input.authorizerType === 'NONE' && isGiven) {
    problems.push({ pointer, message: 'must be left out; NONE asks callers for nothing' })
  }
}
