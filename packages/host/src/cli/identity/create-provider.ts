import { HostError } from '../../kernel/host-error.ts'
import { loadSealer } from '../../kernel/seal.ts'
import type { ScopeFlags } from '../flags.ts'
import { findHost, reachHost, type HostRecord } from '../host-record.ts'
import { createAwsClient, type AwsClient } from './aws-client.ts'
import { readClientSecret, type SecretFlags } from './read-secret.ts'

export interface CreateProviderFlags extends ScopeFlags, SecretFlags {
  readonly discoveryUrl?: string
  readonly clientId?: string
  readonly pool?: string
  readonly client?: string
  readonly json?: boolean
}

interface OauthClient {
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

/** `catamaran identity create-provider`: an OAuth2 credential provider, its client wherever it is. */
export async function createProvider(name: string, flags: CreateProviderFlags): Promise<void> {
  const host = await reachHost(flags.url)
  const client = createAwsClient(host, flags)
  const { discoveryUrl, clientId, clientSecret } = await findClient(client, flags)
  const created = await client.agentCore('/identities/CreateOauth2CredentialProvider', {
    name,
    credentialProviderVendor: 'CustomOauth2',
    oauth2ProviderConfigInput: {
      customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl }, clientId, clientSecret },
    },
  })
  const { credentialProviderArn, callbackUrl } = created
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ name, credentialProviderArn, callbackUrl, discoveryUrl, clientId })}\n`
      : `${String(credentialProviderArn)}\n`,
  )
}

async function findClient(client: AwsClient, flags: CreateProviderFlags): Promise<OauthClient> {
  const { discoveryUrl, clientId, pool, client: poolClient } = flags
  const namesBoth = (discoveryUrl ?? clientId) !== undefined && (pool ?? poolClient) !== undefined
  if (!namesBoth && discoveryUrl !== undefined && clientId !== undefined) {
    return { discoveryUrl, clientId, clientSecret: await readClientSecret(flags) }
  }
  if (!namesBoth && pool !== undefined && poolClient !== undefined)
    return poolClientOf(client, pool, poolClient)
  const given = [discoveryUrl, clientId, pool, poolClient].filter((it) => it !== undefined)
  if (given.length === 0) return ownClient(await findHost(flags.url))
  throw new HostError(
    'ERR_INVALID_INPUT',
    'Name a client with --discovery-url and --client-id, or with --pool and --client; without any of them it is the own client of the running host',
  )
}

/** A client of a user pool on this host. */
async function poolClientOf(
  client: AwsClient,
  pool: string,
  clientId: string,
): Promise<OauthClient> {
  const answer = await client.cognito('DescribeUserPoolClient', {
    UserPoolId: pool,
    ClientId: clientId,
  })
  const { ClientSecret: clientSecret } = answer['UserPoolClient'] as { ClientSecret?: string }
  if (clientSecret === undefined) {
    throw new HostError(
      'ERR_CONFLICT',
      `The client ${clientId} has no secret, so it can get no token for itself`,
    )
  }
  return { discoveryUrl: poolDiscoveryUrl(pool), clientId, clientSecret }
}

/** Its address at AWS, under which the host finds it also when it listens elsewhere the next time. */
function poolDiscoveryUrl(pool: string): string {
  const [region] = pool.split('_')
  return `https://cognito-idp.${region}.amazonaws.com/${pool}/.well-known/openid-configuration`
}

/** The client that the host made for itself; its secret is sealed in the host's own folder. */
async function ownClient(host: HostRecord | undefined): Promise<OauthClient> {
  if (host?.oauth === undefined) {
    throw new HostError(
      'ERR_NOT_FOUND',
      'The host has no client of its own here; name one with --pool and --client, or with --discovery-url and --client-id',
    )
  }
  const { poolId, clientId, masterKeyFile, sealedSecret } = host.oauth
  const sealer = await loadSealer(masterKeyFile)
  return {
    discoveryUrl: poolDiscoveryUrl(poolId),
    clientId,
    clientSecret: sealer.open(sealedSecret),
  }
}
