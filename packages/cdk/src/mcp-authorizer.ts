import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'

/** Who may call, as both hulls say it (AgentCore Control API, CustomJWTAuthorizerConfiguration). */
export interface JwtAuthorizer {
  readonly type: 'CUSTOM_JWT'
  /** Ends with `/.well-known/openid-configuration`. */
  readonly discoveryUrl: string
  /** `aud` must be one of them. */
  readonly allowedAudience?: readonly string[]
  /** `client_id` (or `azp`) must be one of them. */
  readonly allowedClients?: readonly string[]
  /** `scope` must have at least one of them. */
  readonly allowedScopes?: readonly string[]
}

/** Callers sign their requests (SigV4, service `bedrock-agentcore`) and need a permission to invoke. */
export interface IamAuthorizer {
  readonly type: 'AWS_IAM'
}

/** What decides who may call: a `CognitoM2M`, `McpAuthorizer.jwt(…)` or `McpAuthorizer.iam()`. */
export interface IMcpAuthorizer {
  readonly authorization: JwtAuthorizer | IamAuthorizer
}

/** Your own issuer, without its `type`. */
export type JwtAuthorizerProps = Omit<JwtAuthorizer, 'type'>

/** Ways to say who may call, other than the Cognito user pool that is made by default. */
export class McpAuthorizer implements IMcpAuthorizer {
  readonly authorization: JwtAuthorizer | IamAuthorizer

  private constructor(authorization: JwtAuthorizer | IamAuthorizer) {
    this.authorization = authorization
  }

  /** Tokens of your own issuer. Say at least one of audience, clients and scopes. */
  static jwt(props: JwtAuthorizerProps): McpAuthorizer {
    return new McpAuthorizer({ type: 'CUSTOM_JWT', ...props })
  }

  /** Signed requests of IAM principals; see `grantInvoke`. */
  static iam(): McpAuthorizer {
    return new McpAuthorizer({ type: 'AWS_IAM' })
  }
}

/** As the `Gateway` construct takes it. */
export function toGatewayAuthorizer({
  authorization,
}: IMcpAuthorizer): agentcore.IGatewayAuthorizerConfig {
  return authorization.type === 'AWS_IAM'
    ? agentcore.GatewayAuthorizer.usingAwsIam()
    : agentcore.GatewayAuthorizer.usingCustomJwt(toLists(authorization))
}

/** As `AWS::BedrockAgentCore::Runtime` takes it; undefined is IAM there. */
export function toRuntimeAuthorizer({
  authorization,
}: IMcpAuthorizer): agentcore.CfnRuntime.AuthorizerConfigurationProperty | undefined {
  return authorization.type === 'AWS_IAM'
    ? undefined
    : { customJwtAuthorizer: toLists(authorization) }
}

function toLists({ discoveryUrl, allowedAudience, allowedClients, allowedScopes }: JwtAuthorizer) {
  return {
    discoveryUrl,
    ...(allowedAudience !== undefined && { allowedAudience: [...allowedAudience] }),
    ...(allowedClients !== undefined && { allowedClients: [...allowedClients] }),
    ...(allowedScopes !== undefined && { allowedScopes: [...allowedScopes] }),
  }
}
