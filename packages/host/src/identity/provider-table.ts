// What OAuth2 and API-key credential providers have in common: their names, their quota, and that a
// provider and its secret appear, change and go together.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { StoreChange } from '../store/store.ts'
import { providerArn, type ProviderKind } from './arns.ts'
import { MAX_CREDENTIAL_PROVIDERS, providerExists } from './compat.ts'
import type { CredentialProvider } from './credential-provider.ts'
import type { PlannedSecret, ProviderSecrets, SecretInput } from './provider-secrets.ts'
import type { ScopedRows } from '../store/scoped-rows.ts'
import { createTurns } from '../kernel/turns.ts'

export interface NewProvider<Members> {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly secret: SecretInput
  readonly members: Members
}

export interface ProviderTable<Members> {
  create(scope: Scope, provider: NewProvider<Members>): Promise<CredentialProvider & Members>
  find(scope: Scope, name: string): (CredentialProvider & Members) | undefined
  get(scope: Scope, name: string): CredentialProvider & Members
  list(scope: Scope): (CredentialProvider & Members)[]
  update(
    scope: Scope,
    name: string,
    secret: SecretInput,
    members: Partial<Members>,
  ): Promise<CredentialProvider & Members>
  /** `others` are removed with it. */
  delete(scope: Scope, name: string, others?: readonly StoreChange[]): Promise<void>
  writeTags(provider: CredentialProvider, tags: Readonly<Record<string, string>>): Promise<void>
}

export interface ProviderTableOptions<Members> {
  readonly kind: ProviderKind
  readonly rows: ScopedRows<CredentialProvider & Members>
  readonly secrets: ProviderSecrets
  readonly now: () => number
}

export function createProviderTable<Members>({
  kind,
  rows,
  secrets,
  now,
}: ProviderTableOptions<Members>): ProviderTable<Members> {
  type Provider = CredentialProvider & Members
  const inTurn = createTurns()

  const get = (scope: Scope, name: string): Provider => {
    const provider = rows.find(scope, name)
    if (provider) return provider
    throw new HostError('ERR_NOT_FOUND', `Credential provider with name: ${name} does not exist`)
  }
  const write = async (provider: Provider, { changes }: PlannedSecret): Promise<Provider> => {
    const written = changes.flatMap((change) => change.changes)
    await rows.put(provider, written)
    for (const change of changes) change.commit()
    return provider
  }

  return {
    create: (scope, { name, tags = {}, secret, members }) =>
      inTurn(async () => {
        if (rows.find(scope, name)) throw new HostError('ERR_INVALID_INPUT', providerExists(name))
        if (rows.list(scope).length >= MAX_CREDENTIAL_PROVIDERS) {
          const message = `There are ${MAX_CREDENTIAL_PROVIDERS} credential providers of this kind in the account and Region already; delete one first`
          throw new HostError('ERR_LIMIT_EXCEEDED', message)
        }
        const planned = secrets.plan({ scope, name, kind }, secret)
        const provider: Provider = {
          ...members,
          name,
          scope,
          credentialProviderArn: providerArn(kind, name, scope),
          secret: planned.place,
          tags,
          createdAtMs: now(),
          updatedAtMs: now(),
        }
        return write(provider, planned)
      }),
    find: (scope, name) => rows.find(scope, name),
    get,
    list: (scope) => rows.list(scope),
    update: (scope, name, secret, members) =>
      inTurn(async () => {
        const before = get(scope, name)
        const planned = secrets.plan({ scope, name, kind }, secret, before.secret)
        // Later than before even within one millisecond: tokens kept for the old one are not used.
        const updatedAtMs = Math.max(now(), before.updatedAtMs + 1)
        return write({ ...before, ...members, secret: planned.place, updatedAtMs }, planned)
      }),
    delete: (scope, name, others = []) =>
      inTurn(async () => {
        const provider = get(scope, name)
        const removals = secrets.describeRemoval(scope, provider.secret)
        const removed = removals.flatMap((removal) => removal.changes)
        await rows.remove(provider, [...removed, ...others])
        for (const removal of removals) removal.commit()
      }),
    writeTags: ({ scope, name }, tags) =>
      inTurn(async () => {
        await rows.put({ ...get(scope, name), tags })
      }),
  }
}
