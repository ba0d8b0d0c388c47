// The token vault `default`: one for each account and Region, always there.
//
// What is missing, and refused rather than ignored:
// - CustomerManagedKey: the host has no KMS. What is in the vault is encrypted under its master key.
import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'

export interface TokenVault {
  readonly scope: Scope
  readonly updatedAtMs: number
}

export interface TokenVaults {
  get(scope: Scope, tokenVaultId?: string): TokenVault
  setKey(
    scope: Scope,
    key: { readonly keyType: string; readonly kmsKeyArn?: string | undefined },
    tokenVaultId?: string,
  ): Promise<TokenVault>
}

export const TOKEN_VAULT_ID = 'default'
const KIND = 'token-vault'

export async function loadTokenVaults(store: Store, now: () => number): Promise<TokenVaults> {
  const rows = await store.list<TokenVault>(KIND)
  const vaults = new Map(rows.map((vault) => [scopeKey(vault.scope), vault]))
  const openedAtMs = now()
  const get = (scope: Scope, tokenVaultId = TOKEN_VAULT_ID): TokenVault => {
    if (tokenVaultId !== TOKEN_VAULT_ID) {
      throw new HostError('ERR_NOT_FOUND', `Token vault with id: ${tokenVaultId} does not exist`)
    }
    return vaults.get(scopeKey(scope)) ?? { scope, updatedAtMs: openedAtMs }
  }
  return {
    get,
    async setKey(scope, { keyType, kmsKeyArn }, tokenVaultId) {
      get(scope, tokenVaultId)
      if (keyType !== 'ServiceManagedKey') {
        const message =
          'CustomerManagedKey is not supported: the host has no KMS keys and encrypts the vault under its own master key'
        throw new HostError('ERR_NOT_SUPPORTED', message)
      }
      if (kmsKeyArn !== undefined) {
        throw new HostError('ERR_INVALID_INPUT', 'kmsKeyArn goes with CustomerManagedKey only')
      }
      const vault: TokenVault = { scope, updatedAtMs: now() }
      await store.put(KIND, scopeKey(scope), vault)
      vaults.set(scopeKey(scope), vault)
      return vault
    },
  }
}
