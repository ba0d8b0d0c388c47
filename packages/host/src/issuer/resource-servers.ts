import { HostError } from '../kernel/host-error.ts'
import type { Store } from '../store/store.ts'

/** A resource server of a user pool (cognito-idp 2016-04-18, ResourceServerType). */
export interface ResourceServer {
  readonly identifier: string
  readonly scopes: readonly ResourceServerScope[]
}

interface ResourceServerScope {
  readonly scopeName: string
  readonly scopeDescription: string
}

export interface ResourceServers {
  create(server: ResourceServer): Promise<ResourceServer>
  find(identifier: string): Promise<ResourceServer | undefined>
  list(): Promise<ResourceServer[]>
  /** Every `identifier/scope` that tokens of the pool can carry. */
  scopes(): Promise<ReadonlySet<string>>
}

const IDENTIFIER = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/
const SCOPE_NAME = /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/
const MAX_SCOPES = 100

/** The resource servers of one pool. */
export function createResourceServers(store: Store, poolId: string): ResourceServers {
  const kind = `issuer/${poolId}/resource-server`
  const list = () => store.list<ResourceServer>(kind)
  return {
    async create(server) {
      checkResourceServer(server)
      const { identifier } = server
      if (await store.putIfAbsent(kind, identifier, server)) return server
      throw new HostError('ERR_CONFLICT', `Resource server ${identifier} exists already`)
    },
    find: (identifier) => store.get<ResourceServer>(kind, identifier),
    list,
    async scopes() {
      const servers = await list()
      const names = servers.flatMap(({ identifier, scopes }) =>
        scopes.map(({ scopeName }) => `${identifier}/${scopeName}`),
      )
      return new Set(names)
    },
  }
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
