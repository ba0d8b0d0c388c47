import type { Oauth2CredentialProvider } from '../../identity/credential-provider.ts'
import type { Identity } from '../../identity/identity.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type {
  BedrockAgentcoreControlOperations,
  CreateOauth2CredentialProviderRequest,
  Oauth2ProviderConfigOutput,
} from './shapes.ts'

type Vendor = CreateOauth2CredentialProviderRequest['credentialProviderVendor']

const PAGE_LIMIT = 20

export function oauth2ProviderOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreControlOperations> {
  const { oauth2Providers } = identity

  const describeNew = (provider: Oauth2CredentialProvider) => ({
    name: provider.name,
    credentialProviderArn: provider.credentialProviderArn,
    clientSecretArn: { secretArn: provider.secret.secretArn },
    clientSecretJsonKey: provider.secret.jsonKey,
    clientSecretSource: provider.secret.source,
    callbackUrl: identity.callbackUrl(provider),
    oauth2ProviderConfigOutput: describeConfig(provider),
    status: 'READY' as const,
  })
  const describe = (provider: Oauth2CredentialProvider) => ({
    ...describeNew(provider),
    ...describeVendorAndTimes(provider),
  })

  return {
    async CreateOauth2CredentialProvider(input, { scope }) {
      return describeNew(await oauth2Providers.create(scope, readInput(input, input.tags)))
    },
    GetOauth2CredentialProvider: ({ name }, { scope }) =>
      describe(oauth2Providers.get(scope, name)),
    async UpdateOauth2CredentialProvider(input, { scope }) {
      return describe(await oauth2Providers.update(scope, readInput(input)))
    },
    async DeleteOauth2CredentialProvider({ name }, { scope }) {
      await oauth2Providers.delete(scope, name)
      return {}
    },
    ListOauth2CredentialProviders({ maxResults, nextToken: from }, { scope }) {
      const { items, nextToken } = paginate(oauth2Providers.list(scope), {
        maxResults,
        nextToken: from,
        limit: PAGE_LIMIT,
        keyOf: ({ name }) => name,
      })
      const credentialProviders = items.map((provider) => ({
        name: provider.name,
        credentialProviderArn: provider.credentialProviderArn,
        ...describeVendorAndTimes(provider),
      }))
      return { credentialProviders, nextToken }
    },
  }
}

function readInput(
  input: Omit<CreateOauth2CredentialProviderRequest, 'tags'>,
  tags?: CreateOauth2CredentialProviderRequest['tags'],
) {
  const { name, credentialProviderVendor: vendor, oauth2ProviderConfigInput } = input
  return { name, vendor, config: { ...oauth2ProviderConfigInput }, tags }
}

function describeVendorAndTimes({ client, createdAtMs, updatedAtMs }: Oauth2CredentialProvider) {
  return {
    credentialProviderVendor: client.vendor as Vendor,
    createdTime: new Date(createdAtMs),
    lastUpdatedTime: new Date(updatedAtMs),
  }
}

/** Never the secret. */
function describeConfig({ client }: Oauth2CredentialProvider): Oauth2ProviderConfigOutput {
  const { vendor: _, configArm, ...config } = client
  return { [configArm]: config }
}
