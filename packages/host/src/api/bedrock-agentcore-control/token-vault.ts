import type { Identity } from '../../identity/identity.ts'
import { TOKEN_VAULT_ID, type TokenVault } from '../../identity/token-vaults.ts'
import type { Handlers } from '../operation.ts'
import type { BedrockAgentcoreControlOperations } from './shapes.ts'

export function tokenVaultOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreControlOperations> {
  const { tokenVaults } = identity
  return {
    GetTokenVault: ({ tokenVaultId }, { scope }) => describe(tokenVaults.get(scope, tokenVaultId)),
    async SetTokenVaultCMK({ tokenVaultId, kmsConfiguration }, { scope }) {
      return describe(await tokenVaults.setKey(scope, kmsConfiguration, tokenVaultId))
    },
  }
}

function describe({ updatedAtMs }: TokenVault) {
  return {
    tokenVaultId: TOKEN_VAULT_ID,
    kmsConfiguration: { keyType: 'ServiceManagedKey' as const },
    lastModifiedDate: new Date(updatedAtMs),
  }
}
