// The addresses that AWS would form for the pools here, and where they are served instead.

/** `{prefix}.auth.{region}.amazoncognito.com`, as its row holds it. */
export interface PoolDomain {
  readonly prefix: string
  readonly region: string
  readonly poolId: string
  /** 1 is the classic hosted page, 2 managed login; both look alike here. */
  readonly managedLoginVersion: number
}

/** By `domainId`. */
export type DomainMap = ReadonlyMap<string, PoolDomain>

interface LocalPools {
  readonly baseUrl: () => string
  readonly hasPool: (poolId: string) => boolean
  readonly domains: DomainMap
}

const SERVICE = /^cognito-idp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com$/
const DOMAIN = /^([a-z0-9-]+)\.auth(?:-fips)?\.([a-z0-9-]+)\.amazoncognito\.com$/
const POOL_PATH = /^\/([a-z0-9-]+)(_[0-9a-zA-Z]+)(\/.*)?$/

/** A prefix is taken in its whole Region. */
export function domainId(prefix: string, region: string): string {
  return `${region}/${prefix}`
}

/** The address here of what AWS would serve at `url`, when it is one of a pool that lives here. */
export function findLocalUrl(url: URL, pools: LocalPools): string | undefined {
  const { hostname, pathname, search } = url
  const [, region] = SERVICE.exec(hostname) ?? []
  if (region !== undefined) {
    const [, poolRegion, suffix = '', rest = ''] = POOL_PATH.exec(pathname) ?? []
    const poolId = `${poolRegion}${suffix}`
    if (poolRegion !== region || !pools.hasPool(poolId)) return undefined
    return `${pools.baseUrl()}/issuer/${poolId}${rest}${search}`
  }
  const [, prefix, domainRegion] = DOMAIN.exec(hostname) ?? []
  if (prefix === undefined || domainRegion === undefined) return undefined
  const domain = pools.domains.get(domainId(prefix, domainRegion))
  return domain && `${pools.baseUrl()}/issuer/${domain.poolId}${pathname}${search}`
}
