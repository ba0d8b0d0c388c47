// An OAuth issuer for machines, with the observable behaviour of a Cognito user pool.
//
// Follows the Cognito developer guide (token endpoint, access tokens, JSON web key sets). What is
// different, and stays so:
// - Everything has one origin; Cognito puts the OAuth endpoints on the pool's domain.
// - One key signs; Cognito signs id tokens, which machines do not get, with another.
// What is missing, and refused rather than ignored:
// - The flows in which a person signs in: their grants are `unauthorized_client`, their endpoints 404.
// - `aws_client_metadata` is accepted and, without a trigger to read it, has no effect.
import { jsonAnswer, type Answer } from '../http/exchange.ts'
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import { describeDiscovery, DISCOVERY_PATH, JWKS_PATH, TOKEN_PATH } from './discovery.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { answerMethodNotAllowed } from './compat.ts'
import {
  createPoolClients,
  type NewPoolClient,
  type PoolClient,
  type PoolClientWithSecret,
} from './pool-clients.ts'
import { createResourceServers, type ResourceServer } from './resource-servers.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import { startSigningKeys } from './signing-keys.ts'

export interface Issuer extends AsyncDisposable {
  readonly poolId: string
  /** The `iss` of its tokens. */
  issuerUrl(): string
  serve(request: IssuerRequest): Promise<Answer>
  createResourceServer(server: ResourceServer): Promise<ResourceServer>
  findResourceServer(identifier: string): Promise<ResourceServer | undefined>
  createClient(client: NewPoolClient): Promise<PoolClientWithSecret>
  getClient(clientId: string): Promise<PoolClientWithSecret>
  listClients(): Promise<PoolClient[]>
  deleteClient(clientId: string): Promise<void>
  /** The next key signs from now on. Tokens signed before stay valid until they expire. */
  rotateKeys(): Promise<void>
}

export interface IssuerOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly poolId: string
  /** Scheme and authority that clients use; asked for each answer. */
  readonly baseUrl: () => string
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly nextKeyDelayMs?: number
}

/** Long enough for a host to have started. */
const NEXT_KEY_DELAY_MS = 3_000

/** An issuer with what the store knows of it. In a new pool the first tokens wait for the key. */
export async function createIssuer(options: IssuerOptions): Promise<Issuer> {
  const { store, sealer, poolId, baseUrl, log } = options
  const { now = Date.now, nextKeyDelayMs = NEXT_KEY_DELAY_MS } = options
  const resourceServers = createResourceServers(store, poolId)
  const clients = createPoolClients(store, sealer, poolId)
  const keys = await startSigningKeys({ store, sealer, poolId, now, log, nextKeyDelayMs })
  const issuerUrl = () => `${baseUrl()}/issuer/${poolId}`
  const tokens = createTokenEndpoint({ clients, keys, issuerUrl, now })

  const serveDocument = async (path: string): Promise<Answer | undefined> => {
    if (path === DISCOVERY_PATH) return jsonAnswer(200, describeDiscovery(issuerUrl()))
    if (path === JWKS_PATH) return jsonAnswer(200, { keys: await keys.published() })
    return undefined
  }

  return {
    poolId,
    issuerUrl,
    async serve(request) {
      const { method, path } = request
      if (path === TOKEN_PATH) {
        return method === 'POST' ? tokens.serve(request) : answerMethodNotAllowed('POST')
      }
      const answer = await serveDocument(path)
      if (answer === undefined) return jsonAnswer(404, { error: 'not_found' })
      return method === 'GET' || method === 'HEAD' ? answer : answerMethodNotAllowed('GET, HEAD')
    },
    createResourceServer: (server) => resourceServers.create(server),
    findResourceServer: (identifier) => resourceServers.find(identifier),
    createClient: async (client) => clients.create(client, await resourceServers.scopes()),
    getClient: (clientId) => clients.get(clientId),
    listClients: () => clients.list(),
    deleteClient: (clientId) => clients.delete(clientId),
    async rotateKeys() {
      await keys.rotate()
      log.info('Signing keys rotated', { poolId })
    },
    [Symbol.asyncDispose]: () => keys[Symbol.asyncDispose](),
  }
}
