import type { Scope } from '../kernel/scope.ts'
import type { CredentialProvider } from './credential-provider.ts'
import type { IdentityRows } from './identity-rows.ts'
import type { ProviderSecrets, SecretInput } from './provider-secrets.ts'
import { createProviderTable } from './provider-table.ts'

/** API-key credential providers (bedrock-agentcore-control 2023-06-05): a name and a secret. */
export interface ApiKeyProviders {
  create(scope: Scope, input: ApiKeyProviderInput): Promise<CredentialProvider>
  get(scope: Scope, name: string): CredentialProvider
  find(scope: Scope, name: string): CredentialProvider | undefined
  list(scope: Scope): CredentialProvider[]
  update(scope: Scope, name: string, secret: SecretInput): Promise<CredentialProvider>
  delete(scope: Scope, name: string): Promise<void>
  writeTags(provider: CredentialProvider, tags: Readonly<Record<string, string>>): Promise<void>
}

export interface ApiKeyProviderInput {
  readonly name: string
  readonly secret: SecretInput
  readonly tags?: Readonly<Record<string, string>> | undefined
}

interface ApiKeyProvidersOptions {
  readonly rows: IdentityRows['apiKeyProviders']
  readonly secrets: ProviderSecrets
  readonly now: () => number
}

export function createApiKeyProviders(options: ApiKeyProvidersOptions): ApiKeyProviders {
  const table = createProviderTable<object>({ kind: 'apikey', ...options })
  return {
    ...table,
    create: (scope, input) => table.create(scope, { ...input, members: {} }),
    update: (scope, name, secret) => table.update(scope, name, secret, {}),
  }
}
