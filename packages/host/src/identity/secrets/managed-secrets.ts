import type { Scope } from '../../kernel/scope.ts'
import type { StoreChange } from '../../store/store.ts'
import type { ScopedRows } from '../../store/scoped-rows.ts'
import type { SecretContents } from './secret-contents.ts'
import type { Secret } from './secret.ts'

/** Secrets that another feature owns: changes for it to write together with its own. */
export interface ManagedSecrets {
  describe(secret: NewManagedSecret): ManagedChange
  describeNewValue(scope: Scope, secretId: string, text: string): ManagedChange
  describeRemoval(scope: Scope, secretId: string): ManagedChange
}

export interface NewManagedSecret {
  readonly scope: Scope
  readonly name: string
  readonly owningService: string
  readonly text: string
}

export interface ManagedChange {
  readonly secretArn: string
  readonly changes: readonly StoreChange[]
  /** After the changes are written. */
  commit(): void
}

interface ManagedSecretsOptions {
  readonly rows: ScopedRows<Secret>
  readonly contents: SecretContents
  readonly get: (scope: Scope, secretId: string) => Secret
}

export function createManagedSecrets({
  rows,
  contents,
  get,
}: ManagedSecretsOptions): ManagedSecrets {
  const describeChange = (secret: Secret): ManagedChange => ({
    secretArn: secret.secretArn,
    changes: [rows.describePut(secret)],
    commit: () => rows.hold(secret),
  })
  return {
    describe({ scope, name, owningService, text }) {
      const value = { kind: 'text', text } as const
      return describeChange({ ...contents.create(scope, { name, value }), owningService })
    },
    describeNewValue(scope, secretId, text) {
      const value = { kind: 'text', text } as const
      return describeChange(contents.add(get(scope, secretId), { value }))
    },
    describeRemoval(scope, secretId) {
      const secret = get(scope, secretId)
      return {
        secretArn: secret.secretArn,
        changes: [rows.describeRemove(secret)],
        commit: () => rows.drop(secret),
      }
    },
  }
}
