import { createApi, type Api, type ApiOptions } from '../api/create-api.ts'
import { resourceTokenOperations } from '../api/bedrock-agentcore/resource-tokens.ts'
import { createAgentCoreService } from '../api/bedrock-agentcore/service.ts'
import { workloadTokenOperations } from '../api/bedrock-agentcore/workload-access-tokens.ts'
import { agentRuntimeEndpointOperations } from '../api/bedrock-agentcore-control/agent-runtime-endpoints.ts'
import { agentRuntimeOperations } from '../api/bedrock-agentcore-control/agent-runtimes.ts'
import { apiKeyProviderOperations } from '../api/bedrock-agentcore-control/api-key-credential-providers.ts'
import { gatewayRateLimitOperations } from '../api/bedrock-agentcore-control/gateway-rate-limits.ts'
import { gatewayTargetOperations } from '../api/bedrock-agentcore-control/gateway-targets.ts'
import { gatewayOperations } from '../api/bedrock-agentcore-control/gateways.ts'
import { oauth2ProviderOperations } from '../api/bedrock-agentcore-control/oauth2-credential-providers.ts'
import { createAgentCoreControlService } from '../api/bedrock-agentcore-control/service.ts'
import { resourcePolicyOperations } from '../api/bedrock-agentcore-control/resource-policies.ts'
import { tagOperations } from '../api/bedrock-agentcore-control/tags.ts'
import { tokenVaultOperations } from '../api/bedrock-agentcore-control/token-vault.ts'
import { workloadIdentityOperations } from '../api/bedrock-agentcore-control/workload-identities.ts'
import { createCloudFormationService } from '../api/cloudformation/service.ts'
import { createCognitoIdpService } from '../api/cognito-idp/service.ts'
import { createEcrService } from '../api/ecr/service.ts'
import { createLambdaService } from '../api/lambda/service.ts'
import { createSecretsManagerService } from '../api/secretsmanager/service.ts'
import { createSsmService } from '../api/ssm/service.ts'
import { createStsService } from '../api/sts/service.ts'
import type { TemporaryKeys } from '../api/sts/temporary-keys.ts'
import type { FunctionControl } from '../functions/function-control.ts'
import type { Functions } from '../functions/functions.ts'
import type { Gateways } from '../gateway/gateways.ts'
import type { Identity } from '../identity/identity.ts'
import type { UserPools } from '../issuer/user-pools.ts'
import type { Runtimes } from '../runtime/start-runtimes.ts'
import type { Repositories } from '../stacks/repositories.ts'
import type { Stacks } from '../stacks/stacks.ts'
import type { SsmParameters } from '../stacks/ssm-parameters/ssm-parameters.ts'

interface AwsApiOptions extends Omit<ApiOptions, 'services'> {
  readonly gateways: Gateways
  readonly runtimes: Runtimes
  readonly functions: Functions
  readonly functionControl: FunctionControl
  readonly identity: Identity
  readonly userPools: UserPools
  readonly temporaryKeys: TemporaryKeys
  readonly stacks: Stacks
  readonly ssmParameters: SsmParameters
  readonly repositories: Repositories
  readonly verifiesSignatures: boolean
}

/** Every AWS service served here, over the features that do its work. */
export function awsApi(options: AwsApiOptions): Api {
  const { gateways, runtimes, functions, functionControl, identity, userPools, temporaryKeys } =
    options
  const control = createAgentCoreControlService([
    gatewayOperations({ gateways }),
    gatewayTargetOperations({ gateways }),
    gatewayRateLimitOperations({ gateways }),
    agentRuntimeOperations({ runtimes }),
    agentRuntimeEndpointOperations({ runtimes }),
    workloadIdentityOperations({ identity }),
    oauth2ProviderOperations({ identity }),
    apiKeyProviderOperations({ identity }),
    tokenVaultOperations({ identity }),
    tagOperations([gateways, runtimes, identity.tagged]),
    resourcePolicyOperations([gateways, runtimes]),
  ])
  const data = createAgentCoreService([
    workloadTokenOperations({ identity }),
    resourceTokenOperations({ identity }),
  ])
  return createApi({
    ...options,
    services: [
      control,
      data,
      createLambdaService({ functions, control: functionControl }),
      createCognitoIdpService({ userPools }),
      createSecretsManagerService({ identity }),
      createStsService(temporaryKeys, { allowOtherAccounts: !options.verifiesSignatures }),
      createSsmService(options),
      createEcrService(options),
      createCloudFormationService(options),
    ],
  })
}
