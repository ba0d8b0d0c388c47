import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import { parseArnScope, parseProviderName } from './arns.ts'
import type { CredentialProvider, Oauth2CredentialProvider } from './credential-provider.ts'
import { loadScopedRows, type ScopedRows } from '../store/scoped-rows.ts'
import type { WorkloadIdentity } from './workload-identity.ts'

/** What other features may ask about at any time, and therefore is in memory from the start. */
export interface IdentityRows {
  readonly workloadIdentities: ScopedRows<WorkloadIdentity>
  /**
   * By ARN: what users set on identities whose gateway or agent runtime comes from the app file. It
   * applies once that resource is there again.
   */
  readonly remadeIdentities: Map<string, WorkloadIdentity>
  readonly oauth2Providers: ScopedRows<Oauth2CredentialProvider>
  readonly apiKeyProviders: ScopedRows<CredentialProvider>
}

export async function loadIdentityRows(store: Store): Promise<IdentityRows> {
  const workloadIdentities = await loadScopedRows<WorkloadIdentity>(store, 'workload-identity')
  const remade = workloadIdentities.all().filter(({ isRemade }) => isRemade === true)
  for (const identity of remade) workloadIdentities.drop(identity)
  return {
    workloadIdentities,
    remadeIdentities: new Map(remade.map((each) => [each.workloadIdentityArn, each])),
    oauth2Providers: await loadScopedRows(store, 'oauth2-credential-provider'),
    apiKeyProviders: await loadScopedRows(store, 'api-key-credential-provider'),
  }
}

export function getWorkloadIdentity(
  { workloadIdentities }: Pick<IdentityRows, 'workloadIdentities'>,
  scope: Scope,
  name: string,
): WorkloadIdentity {
  const identity = workloadIdentities.find(scope, name)
  if (identity) return identity
  throw new HostError('ERR_NOT_FOUND', `Workload identity with name: ${name} does not exist`)
}

/** Which kind of credential provider the ARN names, if there is one. */
export function findProviderKind(
  providerArn: string,
  { oauth2Providers, apiKeyProviders }: IdentityRows,
): 'OAUTH' | 'API_KEY' | undefined {
  const scope = parseArnScope(providerArn)
  const oauth2 = parseProviderName('oauth2', providerArn)
  const apiKey = parseProviderName('apikey', providerArn)
  if (scope && oauth2 && oauth2Providers.find(scope, oauth2)) return 'OAUTH'
  return scope && apiKey && apiKeyProviders.find(scope, apiKey) ? 'API_KEY' : undefined
}
