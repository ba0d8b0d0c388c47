import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { ApiKeyProviders } from './api-key-providers.ts'
import { parseArnScope, parseProviderName } from './arns.ts'
import type { Oauth2Providers } from './oauth2-providers.ts'
import type { WorkloadIdentities } from './workload-identities.ts'

type Tags = Readonly<Record<string, string>>

/** Tags of workload identities and credential providers, by ARN. */
export interface TaggedIdentities {
  hasResource(arn: string): boolean
  readTags(arn: string): Tags
  writeTags(arn: string, tags: Tags): Promise<void>
}

interface Tagged {
  readonly tags: Tags
  write(tags: Tags): Promise<void>
}

export interface TaggedSources {
  readonly workloadIdentities: WorkloadIdentities
  readonly oauth2Providers: Oauth2Providers
  readonly apiKeyProviders: ApiKeyProviders
}

const IDENTITY = /:workload-identity-directory\/default\/workload-identity\/([^/]+)$/

export function createTaggedIdentities(sources: TaggedSources): TaggedIdentities {
  const find = (arn: string): Tagged | undefined => {
    const scope = parseArnScope(arn)
    return scope && findTagged(scope, arn, sources)
  }
  const get = (arn: string): Tagged => {
    const tagged = find(arn)
    if (tagged) return tagged
    throw new HostError('ERR_NOT_FOUND', `No resource ${arn}`)
  }
  return {
    hasResource: (arn) => find(arn) !== undefined,
    readTags: (arn) => get(arn).tags,
    writeTags: (arn, tags) => get(arn).write(tags),
  }
}

function findTagged(scope: Scope, arn: string, sources: TaggedSources): Tagged | undefined {
  const { workloadIdentities, oauth2Providers, apiKeyProviders } = sources
  const identityName = IDENTITY.exec(arn)?.[1]
  const identity = identityName && workloadIdentities.find(scope, identityName)
  if (identity && identity.workloadIdentityArn === arn) {
    return { tags: identity.tags, write: (tags) => workloadIdentities.writeTags(identity, tags) }
  }
  const table = parseProviderName('oauth2', arn) ? oauth2Providers : apiKeyProviders
  const name = parseProviderName('oauth2', arn) ?? parseProviderName('apikey', arn)
  const provider = name === undefined ? undefined : table.find(scope, name)
  if (provider?.credentialProviderArn !== arn) return undefined
  return { tags: provider.tags, write: (tags) => table.writeTags(provider, tags) }
}
