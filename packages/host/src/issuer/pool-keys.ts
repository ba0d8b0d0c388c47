// The keys of a pool: id tokens are signed by others than access tokens, as Cognito does it. All of
// them are made when they are first needed, so that making a pool costs no key.
import type { KeyObject } from 'node:crypto'
import type { StoreChange } from '../store/store.ts'
import type { SigningKey } from './jwt.ts'
import { KEYS_KIND } from './rows.ts'
import { startSigningKeys, type SigningKeys, type SigningKeysOptions } from './signing-keys.ts'

export interface PoolKeys extends AsyncDisposable {
  accessKey(): Promise<SigningKey>
  idKey(): Promise<SigningKey>
  /** JSON Web Keys; those of id tokens as soon as people sign in to the pool. */
  published(): Promise<object[]>
  /** The public half of a key that signs or signed access tokens. */
  findAccessKey(kid: string): Promise<KeyObject | undefined>
  rotate(): Promise<void>
  /** Begins to make what is missing, and refuses when what is there cannot be opened. */
  prepare(): Promise<void>
  /** The rows to remove with the pool. */
  rows(): readonly StoreChange[]
}

type PoolKeysOptions = Omit<SigningKeysOptions, 'rowId'> & {
  readonly poolId: string
  /** Whether anybody can get an id token. */
  readonly signsPeopleIn: () => boolean
}

export function createPoolKeys({ poolId, signsPeopleIn, ...options }: PoolKeysOptions): PoolKeys {
  const access = lazyKeys({ ...options, rowId: poolId })
  const id = lazyKeys({ ...options, rowId: idRow(poolId) })
  return {
    accessKey: async () => (await access.get()).current(),
    idKey: async () => (await id.get()).current(),
    async published() {
      // Both are begun before either is waited for.
      const all = [access, ...(signsPeopleIn() || id.isOpen() ? [id] : [])].map((it) => it.get())
      const sets = await Promise.all(all.map(async (keys) => (await keys).published()))
      return sets.flat()
    },
    findAccessKey: async (kid) => (await access.get()).find(kid),
    async rotate() {
      await (await access.get()).rotate()
      if (signsPeopleIn() || id.isOpen()) await (await id.get()).rotate()
    },
    prepare: async () => void (await access.get()),
    rows: () => [
      { kind: KEYS_KIND, id: poolId },
      { kind: KEYS_KIND, id: idRow(poolId) },
    ],
    async [Symbol.asyncDispose]() {
      await Promise.all([access.stop(), id.stop()])
    },
  }
}

function idRow(poolId: string): string {
  return `${poolId}/id`
}

function lazyKeys(options: SigningKeysOptions) {
  let starting: Promise<SigningKeys> | undefined
  return {
    isOpen: () => starting !== undefined,
    get(): Promise<SigningKeys> {
      if (starting === undefined) {
        starting = startSigningKeys(options)
        starting.catch(() => (starting = undefined)) // tried again by who needs it next
      }
      return starting
    },
    async stop() {
      const keys = await starting?.catch(() => undefined) // told to whoever asked for them
      await keys?.[Symbol.asyncDispose]()
    },
  }
}
