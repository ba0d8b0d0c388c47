import { HostError } from '../kernel/host-error.ts'
import type { Store, StoreChange } from '../store/store.ts'
import { MAX_RESOURCE_SERVERS } from './compat.ts'
import { poolRows } from './rows.ts'

/** A resource server of a user pool (cognito-idp 2016-04-18, ResourceServerType). */
export interface ResourceServer {
  readonly identifier: string
  /** Rows of version 0.1 have none; then it is the identifier. */
  readonly name?: string
  readonly scopes: readonly ResourceServerScope[]
}

interface ResourceServerScope {
  readonly scopeName: string
  readonly scopeDescription: string
}

export interface ResourceServers {
  create(server: ResourceServer): Promise<ResourceServer>
  update(server: ResourceServer): Promise<ResourceServer>
  delete(identifier: string): Promise<void>
  find(identifier: string): ResourceServer | undefined
  get(identifier: string): ResourceServer
  list(): readonly ResourceServer[]
  /** Whether `scope` is `identifier/scope` of one of them. */
  hasScope(scope: string): boolean
  /** Every `identifier/scope`, with what it is good for. */
  scopes(): ReadonlyMap<string, string>
  /** The rows to remove with the pool. */
  rows(): readonly StoreChange[]
}

const IDENTIFIER = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/
const SCOPE_NAME = /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/
const MAX_SCOPES = 100

export async function loadResourceServers(store: Store, poolId: string): Promise<ResourceServers> {
  const kind = poolRows(poolId).resourceServer
  const stored = await store.list<ResourceServer>(kind)
  const servers = new Map(stored.map((server) => [server.identifier, server]))
  let scopes = describeScopes(servers.values())

  const remember = (identifier: string, server: ResourceServer | undefined) => {
    if (server === undefined) servers.delete(identifier)
    else servers.set(identifier, server)
    scopes = describeScopes(servers.values())
  }
  const get = (identifier: string): ResourceServer => {
    const server = servers.get(identifier)
    if (server !== undefined) return server
    throw new HostError('ERR_NOT_FOUND', `Resource server ${identifier} does not exist.`)
  }

  return {
    async create(server) {
      checkResourceServer(server)
      const { identifier } = server
      if (servers.size >= MAX_RESOURCE_SERVERS) {
        const message = `A pool has at most ${MAX_RESOURCE_SERVERS} resource servers`
        throw new HostError('ERR_LIMIT_EXCEEDED', message)
      }
      if (!(await store.putIfAbsent(kind, identifier, server))) {
        const message = `${identifier} already exists in user pool ${poolId}.`
        throw new HostError('ERR_CONFLICT', message)
      }
      remember(identifier, server)
      return server
    },
    async update(server) {
      checkResourceServer(server)
      get(server.identifier)
      await store.put(kind, server.identifier, server)
      remember(server.identifier, server)
      return server
    },
    async delete(identifier) {
      get(identifier)
      await store.delete(kind, identifier)
      remember(identifier, undefined)
    },
    find: (identifier) => servers.get(identifier),
    get,
    list: () => [...servers.values()],
    hasScope: (scope) => scopes.has(scope),
    scopes: () => scopes,
    rows: () => [...servers.keys()].map((id) => ({ kind, id })),
  }
}

function describeScopes(servers: Iterable<ResourceServer>): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>()
  for (const { identifier, scopes: own } of servers) {
    for (const { scopeName, scopeDescription } of own) {
      scopes.set(`${identifier}/${scopeName}`, scopeDescription)
    }
  }
  return scopes
}

function checkResourceServer({ identifier, scopes }: ResourceServer): void {
  if (!IDENTIFIER.test(identifier)) {
    throw invalid('identifier: 1 to 256 characters without spaces, quotes or backslashes')
  }
  if (scopes.length > MAX_SCOPES) throw invalid(`scopes: at most ${MAX_SCOPES}`)
  if (scopes.some(({ scopeName }) => !SCOPE_NAME.test(scopeName))) {
    throw invalid('scopeName: 1 to 256 characters without spaces, quotes, backslashes or /')
  }
  if (new Set(scopes.map(({ scopeName }) => scopeName)).size < scopes.length) {
    throw invalid('scopes: each scopeName once')
  }
}

function invalid(rule: string): HostError {
  return new HostError('ERR_INVALID_INPUT', rule)
}
