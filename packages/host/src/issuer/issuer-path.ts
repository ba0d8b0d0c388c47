const POOL_PATH = /^\/issuer\/([\w-]+)(\/.*)$/
/** RFC 8414 §3.1 puts the well-known part between the authority and the issuer's path. */
const INSERTED =
  /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))\/issuer\/([\w-]+)$/

/** The user pool that a path of the host names, and the path within the pool. */
export function findIssuerPath(
  path: string,
): { readonly poolId: string; readonly path: string } | undefined {
  const [, document, named] = INSERTED.exec(path) ?? []
  if (document !== undefined && named !== undefined) return { poolId: named, path: document }
  const [, poolId, rest] = POOL_PATH.exec(path) ?? []
  return poolId === undefined || rest === undefined ? undefined : { poolId, path: rest }
}
