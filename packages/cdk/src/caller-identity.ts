import { Stack } from 'aws-cdk-lib'
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { CognitoM2M } from './cognito-m2m.ts'
import { checkName } from './name-rules.ts'
import { Problems } from './problems.ts'
import { uniqueName } from './unique-name.ts'

export interface CallerIdentityProps {
  /** Whose tokens the callers get. */
  readonly authorizer: CognitoM2M

  /**
   * What agents name in `requires_access_token(provider_name=…)`: 1 to 128 letters, digits, - and _.
   *
   * @default - a name from the construct's path
   */
  readonly credentialProviderName?: string

  /**
   * The workload identity that agents act as: 3 to 255 letters, digits, -, _ and dots.
   *
   * @default - a name from the construct's path
   */
  readonly workloadIdentityName?: string
}

/**
 * AgentCore Identity for the callers: a workload identity to act as, and a credential provider that keeps
 * the client's secret and fetches tokens with it. Agents then need neither: they ask for a token by the
 * provider's name. These are resources of the stack, so no script runs after the deployment.
 */
export class CallerIdentity extends Construct {
  readonly credentialProvider: agentcore.OAuth2CredentialProvider
  readonly workloadIdentity: agentcore.WorkloadIdentity
  readonly credentialProviderName: string
  readonly workloadIdentityName: string

  constructor(scope: Construct, id: string, props: CallerIdentityProps) {
    super(scope, id)
    const problems = new Problems(this)
    const name = uniqueName(this, { maxLength: 128, separator: '-' })
    const { authorizer, credentialProviderName = name, workloadIdentityName = name } = props
    this.credentialProviderName = checkName(
      problems,
      'credentialProviderName',
      credentialProviderName,
      name,
    )
    this.workloadIdentityName = checkName(
      problems,
      'workloadIdentityName',
      workloadIdentityName,
      name,
    )
    this.credentialProvider = agentcore.OAuth2CredentialProvider.usingCustom(this, 'Provider', {
      oAuth2CredentialProviderName: this.credentialProviderName,
      clientId: authorizer.clientId,
      clientSecret: authorizer.clientSecret,
      discoveryUrl: authorizer.discoveryUrl,
    })
    this.workloadIdentity = new agentcore.WorkloadIdentity(this, 'Workload', {
      workloadIdentityName: this.workloadIdentityName,
    })
  }

  /** Lets an IAM principal act as this workload and get tokens of this provider, and of no other. */
  grantUse(grantee: IGrantable): Grant {
    const workload = [
      this.#arn('workload-identity-directory', 'default'),
      this.workloadIdentity.workloadIdentityArn,
    ]
    const tokens = Grant.addToPrincipal({
      grantee,
      actions: WORKLOAD_TOKENS,
      resourceArns: workload,
    })
    return tokens.combine(
      Grant.addToPrincipal({
        grantee,
        actions: ['bedrock-agentcore:GetResourceOauth2Token'],
        resourceArns: [
          ...workload,
          this.#arn('token-vault', 'default'),
          this.credentialProvider.credentialProviderArn,
        ],
      }),
    )
  }

  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'bedrock-agentcore', resource, resourceName })
  }
}

/** Service authorization reference, Amazon Bedrock AgentCore. */
const WORKLOAD_TOKENS = [
  'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
]
