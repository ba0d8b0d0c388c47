import type { CredentialProvider } from '../../identity/credential-provider.ts'
import type { Identity } from '../../identity/identity.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type {
  BedrockAgentcoreControlOperations,
  UpdateApiKeyCredentialProviderRequest,
} from './shapes.ts'

const PAGE_LIMIT = 100

export function apiKeyProviderOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreControlOperations> {
  const { apiKeyProviders } = identity
  return {
    async CreateApiKeyCredentialProvider(input, { scope }) {
      const { name, tags } = input
      const secret = readSecret(input)
      return describeNew(await apiKeyProviders.create(scope, { name, tags, secret }))
    },
    GetApiKeyCredentialProvider: ({ name }, { scope }) =>
      describe(apiKeyProviders.get(scope, name)),
    async UpdateApiKeyCredentialProvider(input, { scope }) {
      return describe(await apiKeyProviders.update(scope, input.name, readSecret(input)))
    },
    async DeleteApiKeyCredentialProvider({ name }, { scope }) {
      await apiKeyProviders.delete(scope, name)
      return {}
    },
    ListApiKeyCredentialProviders({ maxResults, nextToken: from }, { scope }) {
      const { items, nextToken } = paginate(apiKeyProviders.list(scope), {
        maxResults,
        nextToken: from,
        limit: PAGE_LIMIT,
        keyOf: ({ name }) => name,
      })
      const credentialProviders = items.map((provider) => ({
        name: provider.name,
        credentialProviderArn: provider.credentialProviderArn,
        ...describeTimes(provider),
      }))
      return { credentialProviders, nextToken }
    },
  }
}

function readSecret(input: UpdateApiKeyCredentialProviderRequest) {
  const { apiKey: value, apiKeySecretSource: source, apiKeySecretConfig: config } = input
  return { value, source, config }
}

/** Never the key. */
function describeNew({ name, credentialProviderArn, secret }: CredentialProvider) {
  return {
    name,
    credentialProviderArn,
    apiKeySecretArn: { secretArn: secret.secretArn },
    apiKeySecretJsonKey: secret.jsonKey,
    apiKeySecretSource: secret.source,
  }
}

function describe(provider: CredentialProvider) {
  return { ...describeNew(provider), ...describeTimes(provider) }
}

function describeTimes({ createdAtMs, updatedAtMs }: CredentialProvider) {
  return { createdTime: new Date(createdAtMs), lastUpdatedTime: new Date(updatedAtMs) }
}
