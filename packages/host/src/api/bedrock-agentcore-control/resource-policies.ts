// Resource policies of agent runtimes and gateways (bedrock-agentcore-control, PutResourcePolicy and
// its siblings). A policy is read before it is kept: one that could not be evaluated is refused.
import { readResourcePolicy } from '../../aws/resource-policy.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import type { PolicedResources } from '../tagged-resources.ts'
import type { BedrockAgentcoreControlOperations } from './shapes.ts'
import { findOwner } from './tags.ts'

type PolicyOperations = Pick<
  BedrockAgentcoreControlOperations,
  'DeleteResourcePolicy' | 'GetResourcePolicy' | 'PutResourcePolicy'
>

export function resourcePolicyOperations(
  resources: readonly PolicedResources[],
): Handlers<PolicyOperations> {
  return {
    GetResourcePolicy({ resourceArn }, call) {
      return { policy: findOwner(resources, resourceArn, call).readPolicy(resourceArn) }
    },

    async PutResourcePolicy({ resourceArn, policy }, call) {
      const owner = findOwner(resources, resourceArn, call)
      readResourcePolicy(policy)
      await owner.writePolicy(resourceArn, policy)
      return { policy }
    },

    async DeleteResourcePolicy({ resourceArn }, call) {
      const owner = findOwner(resources, resourceArn, call)
      if (owner.readPolicy(resourceArn) === undefined) {
        throw new HostError('ERR_NOT_FOUND', `${resourceArn} has no resource policy`)
      }
      await owner.writePolicy(resourceArn, undefined)
      return {}
    },
  }
}
