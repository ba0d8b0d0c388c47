import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'

/** A user's token at one provider, for one workload and purpose. */
export interface UserToken {
  readonly accessToken: string
  readonly refreshToken?: string
  /** Undefined when the server did not say: it serves until the user is asked again. */
  readonly expiresAtMs?: number
}

/** Whose it is: it goes when the workload identity or the provider goes. */
export interface TokenOwner {
  readonly workloadIdentityArn: string
  readonly credentialProviderArn: string
}

export interface UserTokenVault {
  find(key: string): Promise<UserToken | undefined>
  /** The change alone, to be written with others. */
  describePut(key: string, owner: TokenOwner, token: UserToken): StoreChange
  /** A new token in its place, unless it has been removed meanwhile. */
  replace(key: string, token: UserToken): Promise<void>
  remove(key: string): Promise<void>
  describeRemovals(owner: Partial<TokenOwner>): Promise<StoreChange[]>
}

interface Row extends TokenOwner {
  readonly id: string
  readonly sealedToken: string
}

const KIND = 'user-token'

/** Rows are read when they are asked for: there may be one for each of very many users. */
export function openUserTokenVault(store: Store, sealer: Sealer): UserTokenVault {
  const describePut = (id: string, owner: TokenOwner, token: UserToken): StoreChange => {
    const { workloadIdentityArn, credentialProviderArn } = owner
    const sealedToken = sealer.seal(JSON.stringify(token), `${KIND}/${id}`)
    const row: Row = { id, workloadIdentityArn, credentialProviderArn, sealedToken }
    return { kind: KIND, id, value: row }
  }
  return {
    describePut,
    async find(key) {
      const row = await store.get<Row>(KIND, key)
      return row && (JSON.parse(sealer.open(row.sealedToken, `${KIND}/${key}`)) as UserToken)
    },
    async replace(key, token) {
      const row = await store.get<Row>(KIND, key)
      if (row) await store.write([describePut(key, row, token)])
    },
    async remove(key) {
      await store.delete(KIND, key)
    },
    async describeRemovals({ workloadIdentityArn, credentialProviderArn }) {
      const rows = await store.list<Row>(KIND)
      return rows
        .filter(
          (row) =>
            row.workloadIdentityArn === workloadIdentityArn ||
            row.credentialProviderArn === credentialProviderArn,
        )
        .map(({ id }) => ({ kind: KIND, id }))
    },
  }
}
