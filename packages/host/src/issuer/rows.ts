// Where the rows of user pools live. The first three kinds are those of version 0.1, so that a data
// directory goes on working.

/** The kinds of row that belong to one pool. */
export function poolRows(poolId: string) {
  return {
    client: `issuer/${poolId}/client`,
    resourceServer: `issuer/${poolId}/resource-server`,
    user: `issuer/${poolId}/user`,
    refreshToken: `issuer/${poolId}/refresh-token`,
  } as const
}

/** Signing keys; the id is the pool's, with a suffix for those that sign id tokens. */
export const KEYS_KIND = 'issuer-keys'
export const USER_POOL_KIND = 'user-pool'
/** The id is `{region}/{prefix}`: a prefix is taken in its whole Region. */
export const DOMAIN_KIND = 'user-pool-domain'
/** Client id → pool: InitiateAuth names only the client. */
export const CLIENT_POOL_KIND = 'user-pool-client'
