// Prefix domains: `{prefix}.auth.{region}.amazoncognito.com`. The name resolves only for programs that
// `catamaran exec` started; the pool answers at its own path in any case.
//
// What is missing, and refused rather than ignored: custom domains, which would need a certificate and
// the name's own entry in the DNS.
import { HostError } from '../kernel/host-error.ts'
import type { Store } from '../store/store.ts'
import { domainId, type PoolDomain } from './pool-addresses.ts'
import { createTurns } from '../kernel/turns.ts'
import { DOMAIN_KIND } from './rows.ts'

export interface PoolDomains {
  create(domain: PoolDomain): Promise<PoolDomain>
  update(domain: PoolDomain): Promise<PoolDomain>
  delete(domain: Pick<PoolDomain, 'prefix' | 'region' | 'poolId'>): Promise<void>
  find(prefix: string, region: string): PoolDomain | undefined
  findForPool(poolId: string): PoolDomain | undefined
}

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const RESERVED = ['aws', 'amazon', 'cognito']

/** The rules of domains, over the map that requests are routed by. */
export function createPoolDomains(store: Store, domains: Map<string, PoolDomain>): PoolDomains {
  const oneAtATime = createTurns()
  const find = (prefix: string, region: string) => domains.get(domainId(prefix, region))
  const findForPool = (poolId: string) => [...domains.values()].find((it) => it.poolId === poolId)
  const getOwn = ({ prefix, region, poolId }: Pick<PoolDomain, 'prefix' | 'region' | 'poolId'>) => {
    const domain = find(prefix, region)
    if (domain !== undefined && domain.poolId === poolId) return domain
    throw invalid('No such domain or user pool exists.')
  }
  const save = async (domain: PoolDomain): Promise<PoolDomain> => {
    await store.put(DOMAIN_KIND, idOf(domain), domain)
    domains.set(idOf(domain), domain)
    return domain
  }
  return {
    create: (domain) =>
      oneAtATime(async () => {
        const { prefix, region, poolId } = domain
        if (!PREFIX.test(prefix)) throw invalid('Invalid domain: lower-case letters, digits and -')
        const reserved = RESERVED.find((word) => prefix.includes(word))
        if (reserved !== undefined) {
          throw invalid(`Domain cannot contain reserved word: ${reserved}`)
        }
        if (find(prefix, region) !== undefined) {
          throw invalid('Domain already associated with another user pool.')
        }
        if (findForPool(poolId) !== undefined) {
          throw invalid('User pool already has a domain configured.')
        }
        return save(domain)
      }),
    update: (domain) =>
      oneAtATime(async () => {
        getOwn(domain)
        return save(domain)
      }),
    delete: (domain) =>
      oneAtATime(async () => {
        const known = getOwn(domain)
        await store.delete(DOMAIN_KIND, idOf(known))
        domains.delete(idOf(known))
      }),
    find,
    findForPool,
  }
}

function idOf({ region, prefix }: PoolDomain): string {
  return domainId(prefix, region)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
