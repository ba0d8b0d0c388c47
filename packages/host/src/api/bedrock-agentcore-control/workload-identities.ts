import type { Identity } from '../../identity/identity.ts'
import type { WorkloadIdentity } from '../../identity/workload-identity.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { BedrockAgentcoreControlOperations } from './shapes.ts'

const PAGE_LIMIT = 20

export function workloadIdentityOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreControlOperations> {
  const { workloadIdentities } = identity
  return {
    async CreateWorkloadIdentity(input, { scope }) {
      return describeBriefly(await workloadIdentities.create(scope, input))
    },
    GetWorkloadIdentity: ({ name }, { scope }) => describe(workloadIdentities.get(scope, name)),
    async UpdateWorkloadIdentity({ name, allowedResourceOauth2ReturnUrls }, { scope }) {
      return describe(await workloadIdentities.update(scope, name, allowedResourceOauth2ReturnUrls))
    },
    async DeleteWorkloadIdentity({ name }, { scope }) {
      await identity.deleteWorkloadIdentity(scope, name)
      return {}
    },
    ListWorkloadIdentities({ maxResults, nextToken: from }, { scope }) {
      const { items, nextToken } = paginate(workloadIdentities.list(scope), {
        maxResults,
        nextToken: from,
        limit: PAGE_LIMIT,
        keyOf: ({ name }) => name,
      })
      const found = items.map(({ name, workloadIdentityArn }) => ({ name, workloadIdentityArn }))
      return { workloadIdentities: found, nextToken }
    },
  }
}

function describeBriefly(identity: WorkloadIdentity) {
  const { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls } = identity
  return { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls }
}

function describe(identity: WorkloadIdentity) {
  return {
    ...describeBriefly(identity),
    createdTime: new Date(identity.createdAtMs),
    lastUpdatedTime: new Date(identity.updatedAtMs),
  }
}
