// A host without an app, and AWS SDK clients that talk to it the way they talk to AWS.
import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore'
import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { ECRClient } from '@aws-sdk/client-ecr'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import type { Host } from '../../src/server/host.ts'
import { startHost, type StartHostOptions } from '../../src/server/start-host.ts'

export interface AwsHost extends AsyncDisposable {
  readonly host: Host
  readonly url: string
  /** Clients of account 000000000000 in us-east-1, unless said otherwise. */
  clients(who?: Caller): AwsClients
}

interface Caller {
  readonly accountId?: string
  readonly region?: string
}

export type AwsClients = ReturnType<typeof createClients>

export async function startAwsHost(options: StartHostOptions = {}): Promise<AwsHost> {
  const host = await startHost(options)
  return {
    host,
    url: host.url,
    clients: (who) => createClients(host.url, who),
    [Symbol.asyncDispose]: () => host.stop(),
  }
}

export function createClients(endpoint: string, { accountId, region = 'us-east-1' }: Caller = {}) {
  const config = {
    endpoint,
    region,
    credentials: { accessKeyId: accountId ?? 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  }
  return {
    control: new BedrockAgentCoreControlClient(config),
    data: new BedrockAgentCoreClient(config),
    cloudformation: new CloudFormationClient(config),
    cognito: new CognitoIdentityProviderClient(config),
    ecr: new ECRClient(config),
    lambda: new LambdaClient(config),
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  }
}
