// Which credentials go with which kind of target (AgentCore developer guide, outbound authorization):
// a Lambda function is called with the gateway's role and nothing else; an MCP server without any, or
// with the role for a named service, an OAuth2 token or an API key.
import { listOf, mapOf, members, oneOf, text, textOf, type MemberRule } from './member-rules.ts'
import { childPointer, type Problem } from './problems.ts'
import { isSynchronized, type TargetFacts } from './target-record.ts'

const POINTER = '/credentialProviderConfigurations'
const ARN = text(/^arn:[^:]*:[^:]*:[^:]*:\d{12}:.+$/, 'the ARN of a credential provider')

const bareRole = listOf(
  members({ credentialProviderType: oneOf('GATEWAY_IAM_ROLE') }, ['credentialProviderType']),
  { min: 1, max: 1 },
)

const PROVIDERS: Readonly<Record<string, MemberRule>> = {
  GATEWAY_IAM_ROLE: members(
    {
      iamCredentialProvider: members({ service: textOf(1, 64), region: textOf(1, 32) }, [
        'service',
      ]),
    },
    ['iamCredentialProvider'],
  ),
  API_KEY: members(
    {
      apiKeyCredentialProvider: members(
        {
          providerArn: ARN,
          credentialParameterName: text(/^[!#$%&'*+.^`|~\w-]{1,64}$/, 'the name of a header'),
          credentialPrefix: textOf(1, 64),
          credentialLocation: oneOf('HEADER', 'QUERY_PARAMETER'),
        },
        ['providerArn'],
      ),
    },
    ['apiKeyCredentialProvider'],
  ),
  OAUTH: members(
    {
      oauthCredentialProvider: members(
        {
          providerArn: ARN,
          scopes: listOf(textOf(1, 64), { max: 100 }),
          customParameters: mapOf(textOf(1, 2_048)),
          grantType: oneOf('CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'),
          defaultReturnUrl: textOf(1, 2_048),
        },
        ['providerArn', 'scopes'],
      ),
    },
    ['oauthCredentialProvider'],
  ),
}
const credentialProviderType = oneOf(...Object.keys(PROVIDERS))

const ofMcpServer: MemberRule = (value, pointer, problems) => {
  const type = Object(value).credentialProviderType as unknown
  const credentialProvider = typeof type === 'string' ? PROVIDERS[type] : undefined
  members({ credentialProviderType, credentialProvider: credentialProvider ?? (() => {}) }, [
    'credentialProviderType',
    'credentialProvider',
  ])(value, pointer, problems)
}

/** Adds what is wrong with a target's credentials to `problems`. */
export function checkCredentials(target: TargetFacts, problems: Problem[]): void {
  const { targetConfiguration, credentialProviderConfigurations: credentials } = target
  if (targetConfiguration.mcp.lambda !== undefined) return bareRole(credentials, POINTER, problems)
  const before = problems.length
  listOf(ofMcpServer, { max: 1 })(credentials, POINTER, problems)
  if (problems.length === before) checkGrant(target, problems)
}

/**
 * Somebody must be there to log in. Nobody is while a gateway reads the tools of a server, so such a
 * target has to bring them along (the developer guide's CREATE_PENDING_AUTH is not there yet).
 */
function checkGrant(target: TargetFacts, problems: Problem[]): void {
  const [credentials] = target.credentialProviderConfigurations
  if (credentials?.credentialProviderType !== 'OAUTH') return
  const { grantType } = credentials.credentialProvider.oauthCredentialProvider
  if (grantType !== 'AUTHORIZATION_CODE' || !isSynchronized(target.targetConfiguration)) return
  problems.push({
    pointer: childPointer(childPointer(POINTER, 0), 'credentialProvider'),
    message:
      'AUTHORIZATION_CODE is supported here only together with mcpToolSchema, because nobody can log in while the tools are read',
    isNotSupported: true,
  })
}
