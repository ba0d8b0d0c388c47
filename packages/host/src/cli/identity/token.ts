import { HostError } from '../../kernel/host-error.ts'
import type { ScopeFlags } from '../flags.ts'
import { reachHost } from '../host-record.ts'
import { createAwsClient, type AwsClient } from './aws-client.ts'

export interface IdentityTokenFlags extends ScopeFlags {
  readonly scope: readonly string[]
  readonly workload: string
  readonly userId?: string
  readonly json?: boolean
}

/**
 * `catamaran identity token`: the way of `@requires_access_token(auth_flow="M2M")`: a workload identity,
 * its access token, and with that a token of the provider's own client. Printed alone.
 */
export async function identityToken(provider: string, flags: IdentityTokenFlags): Promise<void> {
  const client = createAwsClient(await reachHost(flags.url), flags)
  const { workload, userId } = flags
  await ensureWorkloadIdentity(client, workload)
  const { workloadAccessToken } =
    userId === undefined
      ? await client.agentCore('/identities/GetWorkloadAccessToken', { workloadName: workload })
      : await client.agentCore('/identities/GetWorkloadAccessTokenForUserId', {
          workloadName: workload,
          userId,
        })
  const { accessToken } = await client.agentCore('/identities/oauth2/token', {
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: provider,
    scopes: flags.scope.flatMap((scopes) => scopes.split(/[\s,]+/)).filter((it) => it !== ''),
    oauth2Flow: 'M2M',
  })
  if (typeof accessToken !== 'string') {
    throw new HostError('ERR_TARGET_FAILED', 'The host gave no token for the client itself')
  }
  process.stdout.write(`${flags.json ? JSON.stringify({ accessToken }) : accessToken}\n`)
}

async function ensureWorkloadIdentity(client: AwsClient, name: string): Promise<void> {
  try {
    await client.agentCore('/identities/CreateWorkloadIdentity', { name })
  } catch (error) {
    if (error instanceof HostError && error.code === 'ERR_CONFLICT') return // from an earlier run
    throw error
  }
}
