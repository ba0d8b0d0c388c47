import type { ScopeFlags } from '../flags.ts'
import { reachHost } from '../host-record.ts'
import { createAwsClient, type AwsClient } from './aws-client.ts'

/** `catamaran identity list`: the credential providers and workload identities of an account and Region. */
export async function listIdentity(flags: ScopeFlags & { readonly json?: boolean }): Promise<void> {
  const client = createAwsClient(await reachHost(flags.url), flags)
  const [oauth2, apiKeys, workloadIdentities] = await Promise.all([
    listAll(client, '/identities/ListOauth2CredentialProviders', 'credentialProviders'),
    listAll(client, '/identities/ListApiKeyCredentialProviders', 'credentialProviders'),
    listAll(client, '/identities/ListWorkloadIdentities', 'workloadIdentities'),
  ])
  if (flags.json) {
    const all = {
      oauth2CredentialProviders: oauth2,
      apiKeyCredentialProviders: apiKeys,
      workloadIdentities,
    }
    return void process.stdout.write(`${JSON.stringify(all)}\n`)
  }
  const rows = [
    ...oauth2.map((it) => [String(it['credentialProviderVendor']), it] as const),
    ...apiKeys.map((it) => ['API key', it] as const),
    ...workloadIdentities.map((it) => ['workload identity', it] as const),
  ]
  for (const [kind, { name }] of rows) {
    process.stdout.write(`${kind.padEnd(18)} ${String(name)}\n`)
  }
}

async function listAll(
  client: AwsClient,
  path: string,
  member: string,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let nextToken: unknown
  do {
    const page = await client.agentCore(path, nextToken === undefined ? {} : { nextToken })
    items.push(...((page[member] ?? []) as Record<string, unknown>[]))
    nextToken = page['nextToken']
  } while (nextToken !== undefined && nextToken !== null)
  return items
}
