// OAuth2 credential providers (bedrock-agentcore-control 2023-06-05).
//
// What is different, and stays so:
// - A provider is READY when it is made: there are no private endpoints to wait for.
// - The callback URL is at this host, where a user's browser can go.
// What is missing, and refused rather than ignored:
// - PRIVATE_KEY_JWT and AWS_IAM_ID_TOKEN_JWT (no KMS, no AWS identity), private endpoints.
import { randomUUID } from 'node:crypto'
import type { Scope } from '../kernel/scope.ts'
import type { AuthorizationSessions } from './authorization-sessions.ts'
import type {
  CredentialProvider,
  Oauth2CredentialProvider,
  Oauth2Members,
} from './credential-provider.ts'
import type { IdentityRows } from './identity-rows.ts'
import type { ProviderSecrets } from './provider-secrets.ts'
import { createProviderTable } from './provider-table.ts'
import { readOauth2Client, type Oauth2ConfigArms } from './read-oauth2-client.ts'
import type { UserTokenVault } from './user-token-vault.ts'

export interface Oauth2ProviderInput {
  readonly name: string
  readonly vendor: string
  /** `oauth2ProviderConfigInput`. */
  readonly config: Oauth2ConfigArms
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface Oauth2Providers {
  create(scope: Scope, input: Oauth2ProviderInput): Promise<Oauth2CredentialProvider>
  find(scope: Scope, name: string): Oauth2CredentialProvider | undefined
  get(scope: Scope, name: string): Oauth2CredentialProvider
  list(scope: Scope): Oauth2CredentialProvider[]
  /** The whole configuration anew; without a client secret the one before stays. */
  update(scope: Scope, input: Oauth2ProviderInput): Promise<Oauth2CredentialProvider>
  /** With everything that was fetched through it. */
  delete(scope: Scope, name: string): Promise<void>
  writeTags(provider: CredentialProvider, tags: Readonly<Record<string, string>>): Promise<void>
}

interface Oauth2ProvidersOptions {
  readonly rows: IdentityRows['oauth2Providers']
  readonly secrets: ProviderSecrets
  readonly sessions: AuthorizationSessions
  readonly vault: UserTokenVault
  readonly now: () => number
}

export function createOauth2Providers(options: Oauth2ProvidersOptions): Oauth2Providers {
  const { rows, secrets, sessions, vault, now } = options
  const table = createProviderTable<Oauth2Members>({ kind: 'oauth2', rows, secrets, now })
  return {
    ...table,
    create(scope, { name, vendor, config, tags }) {
      const { client, secret } = readOauth2Client(vendor, config)
      const members = { client, callbackId: randomUUID() }
      return table.create(scope, { name, tags, secret, members })
    },
    update(scope, { name, vendor, config }) {
      table.get(scope, name)
      const { client, secret } = readOauth2Client(vendor, config)
      return table.update(scope, name, secret, { client })
    },
    async delete(scope, name) {
      const { credentialProviderArn } = table.get(scope, name)
      const open = sessions.describeRemovals(credentialProviderArn)
      const kept = await vault.describeRemovals({ credentialProviderArn })
      await table.delete(scope, name, [...open.changes, ...kept])
      open.commit()
    },
  }
}
