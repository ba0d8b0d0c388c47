// One user pool, opened: an OAuth authorization server with the observable behaviour of Cognito.
//
// Follows the Cognito developer guide (user pool endpoints, access and id tokens, JSON web key sets) and
// the service model 2016-04-18. What is different, and stays so:
// - Tokens name this host as their issuer, and everything has one origin; Cognito puts the OAuth
//   endpoints on the pool's domain.
// - A pool offers what MCP clients need and Cognito lacks: RFC 8414 metadata, dynamic client registration
//   (RFC 7591), loopback redirects on any port (RFC 8252 §7.3), `iss` in redirects (RFC 9207); and it
//   asks public clients for PKCE. `strictCognito` takes all of that away.
// - Codes and the sign-ins of browsers live in memory: a restart ends what is under way. Refresh tokens,
//   and all tokens given, survive it.
// What is missing, and refused rather than ignored:
// - The implicit flow (`unsupported_response_type`), other identity providers, SAML.
// - Signing up, forgotten passwords, second factors: people are made by an administrator.
// - `aws_client_metadata` is accepted and, without a trigger to read it, has no effect.
import { jsonAnswer, type Answer } from '../http/exchange.ts'
import type { StoreChange } from '../store/store.ts'
import { issueClientToken, type ClientToken } from './client-token.ts'
import { answerMethodNotAllowed } from './compat.ts'
import { describeAuthorizationServer, describeDiscovery, PATHS, PEOPLE_PATHS } from './discovery.ts'
import type { Endpoint } from './endpoint.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { signsPeopleIn, type PoolClient } from './pool-client.ts'
import { loadPoolClients, type PoolClients } from './pool-clients.ts'
import { createPoolKeys } from './pool-keys.ts'
import type { PoolPeople } from './pool-people.ts'
import { loadResourceServers, type ResourceServers } from './resource-servers.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import type { UserPoolOptions } from './user-pool-options.ts'

export interface UserPool extends AsyncDisposable {
  readonly poolId: string
  readonly clients: PoolClients
  readonly resourceServers: ResourceServers
  /** The `iss` of its tokens. */
  issuerUrl(): string
  serve(request: IssuerRequest): Promise<Answer>
  /** The part that is about people, loaded at the first call. */
  people(): Promise<PoolPeople>
  /** GetClientToken, for a client that has proved who it is. */
  issueClientToken(client: PoolClient, scopes: readonly string[]): Promise<ClientToken>
  /** Begins to make the keys that are missing; refuses when those there cannot be opened. */
  prepareKeys(): Promise<void>
  /** The next key signs from now on. Tokens signed before stay valid until they expire. */
  rotateKeys(): Promise<void>
  /** Every row that goes when the pool goes. */
  rows(): Promise<readonly StoreChange[]>
}

/** A pool with what the store knows of it. Keys are made when they are first needed. */
export async function openUserPool(options: UserPoolOptions): Promise<UserPool> {
  const { store, poolId, baseUrl, log, now, strictCognito } = options
  const issuerUrl = () => `${baseUrl()}/issuer/${poolId}`
  const resourceServers = await loadResourceServers(store, poolId)
  const hasScope = (scope: string) => resourceServers.hasScope(scope)
  const clients = await loadPoolClients({ ...options, hasScope })
  const keys = createPoolKeys({
    ...options,
    signsPeopleIn: () => clients.list().some(signsPeopleIn),
  })

  let opening: Promise<PoolPeople> | undefined
  const people = (): Promise<PoolPeople> => {
    if (opening === undefined) {
      const core = { ...options, clients, resourceServers, keys, issuerUrl }
      opening = import('./pool-people.ts').then(({ openPoolPeople }) => openPoolPeople(core))
      opening.catch(() => (opening = undefined)) // tried again by who needs it next
    }
    return opening
  }

  const tokens = createTokenEndpoint({ clients, keys, people, issuerUrl, now })
  const document = (describe: () => object | Promise<object>): Endpoint => {
    const answer = async () => jsonAnswer(200, await describe())
    return { GET: answer, HEAD: answer }
  }
  const metadata = document(() =>
    strictCognito
      ? describeDiscovery(issuerUrl())
      : describeAuthorizationServer(issuerUrl(), resourceServers.scopes().keys()),
  )
  const endpoints = new Map<string, Endpoint>([
    [PATHS.openid, metadata],
    [PATHS.jwks, document(async () => ({ keys: await keys.published() }))],
    [PATHS.token, { POST: (request) => tokens.serve(request) }],
  ])
  if (!strictCognito) endpoints.set(PATHS.authorizationServer, metadata)

  return {
    poolId,
    clients,
    resourceServers,
    issuerUrl,
    async serve(request) {
      const { path } = request
      const isForPeople = PEOPLE_PATHS.has(path)
      const endpoint = (isForPeople ? (await people()).endpoints : endpoints).get(path)
      if (endpoint === undefined) return jsonAnswer(404, { error: 'not_found' })
      const { method } = request
      const answer = Object.hasOwn(endpoint, method) ? endpoint[method] : undefined
      return answer?.(request) ?? answerMethodNotAllowed(Object.keys(endpoint).join(', '))
    },
    people,
    issueClientToken: (client, scopes) =>
      issueClientToken(client, { scopes }, { keys, issuerUrl, now }),
    prepareKeys: () => keys.prepare(),
    async rotateKeys() {
      await keys.rotate()
      log.info('Signing keys rotated', { poolId })
    },
    async rows() {
      const own = [...clients.rows(), ...resourceServers.rows(), ...keys.rows()]
      return [...own, ...(await (await people()).rows())]
    },
    async [Symbol.asyncDispose]() {
      const opened = await opening?.catch(() => undefined) // told to whoever opened it
      await Promise.all([keys[Symbol.asyncDispose](), opened?.[Symbol.asyncDispose]()])
    },
  }
}
