// App clients of a user pool, as far as machines need them (cognito-idp 2016-04-18, CreateUserPoolClient).
import { createHash, timingSafeEqual } from 'node:crypto'
import { HostError } from '../kernel/host-error.ts'
import { randomText } from '../kernel/ids.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'

type OAuthFlow = 'code' | 'implicit' | 'client_credentials'

export interface PoolClient {
  readonly clientId: string
  readonly clientName: string
  /** `identifier/scope` of resource servers. */
  readonly scopes: readonly string[]
  readonly allowedOAuthFlows: readonly OAuthFlow[]
  readonly accessTokenValiditySeconds: number
}

/** A client with its secret, which only its creation and an explicit question show. */
export interface PoolClientWithSecret extends PoolClient {
  readonly clientSecret: string
}

export interface NewPoolClient {
  readonly clientName: string
  readonly scopes: readonly string[]
  /** Default: `client_credentials`. */
  readonly allowedOAuthFlows?: readonly OAuthFlow[]
  /** 300–86400. Default 3600. */
  readonly accessTokenValiditySeconds?: number
}

export interface PoolClients {
  create(client: NewPoolClient, knownScopes: ReadonlySet<string>): Promise<PoolClientWithSecret>
  get(clientId: string): Promise<PoolClientWithSecret>
  delete(clientId: string): Promise<void>
  list(): Promise<PoolClient[]>
  /** The client when the secret is its own. Says which of the two was wrong: an id is no secret. */
  authenticate(
    clientId: string,
    clientSecret: string,
  ): Promise<PoolClient | 'unknown client' | 'wrong secret'>
}

type StoredClient = PoolClient & { readonly sealedSecret: string }

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Lengths as Cognito's ids and secrets have them in practice. */
const ID_LENGTH = 26
const SECRET_LENGTH = 51
const ID = /^[a-z0-9]{26}$/
const NAME = /^[\w\s+=,.@-]{1,128}$/
const MAX_SCOPES = 50
const MIN_VALIDITY_S = 300
export const MAX_VALIDITY_S = 86_400
const DEFAULT_VALIDITY_S = 3_600

/** The clients of one pool. */
export function createPoolClients(store: Store, sealer: Sealer, poolId: string): PoolClients {
  const kind = `issuer/${poolId}/client`
  const context = (clientId: string) => `${kind}/${clientId}`
  const openSecret = ({ clientId, sealedSecret }: StoredClient) =>
    sealer.open(sealedSecret, context(clientId))

  return {
    async create(asked, knownScopes) {
      const client = readNewClient(asked, knownScopes)
      const clientSecret = randomText(LOWER, SECRET_LENGTH)
      const sealedSecret = sealer.seal(clientSecret, context(client.clientId))
      await store.put(kind, client.clientId, { ...client, sealedSecret } satisfies StoredClient)
      return { ...client, clientSecret }
    },
    async get(clientId) {
      const stored = await store.get<StoredClient>(kind, clientId)
      if (stored === undefined) throw notFound(clientId)
      return { ...withoutSecret(stored), clientSecret: openSecret(stored) }
    },
    async delete(clientId) {
      if (!(await store.delete(kind, clientId))) throw notFound(clientId)
    },
    async list() {
      const clients = await store.list<StoredClient>(kind)
      return clients.map(withoutSecret)
    },
    async authenticate(clientId, clientSecret) {
      const stored = ID.test(clientId) ? await store.get<StoredClient>(kind, clientId) : undefined
      if (stored === undefined) return 'unknown client'
      if (!isSame(clientSecret, openSecret(stored))) return 'wrong secret'
      return withoutSecret(stored)
    },
  }
}

function readNewClient(asked: NewPoolClient, knownScopes: ReadonlySet<string>): PoolClient {
  const {
    clientName,
    scopes,
    allowedOAuthFlows = ['client_credentials'],
    accessTokenValiditySeconds = DEFAULT_VALIDITY_S,
  } = asked
  if (!NAME.test(clientName)) {
    throw invalid('clientName: 1 to 128 letters, digits, spaces and _ + = , . @ -')
  }
  const isMachine = allowedOAuthFlows.includes('client_credentials')
  if (isMachine && allowedOAuthFlows.length > 1) {
    throw invalid('allowedOAuthFlows: client_credentials cannot be combined with another flow')
  }
  if (isMachine && scopes.length === 0) throw invalid('scopes: client_credentials needs one')
  if (scopes.length > MAX_SCOPES) throw invalid(`scopes: at most ${MAX_SCOPES}`)
  const unknown = scopes.find((scope) => !knownScopes.has(scope))
  if (unknown !== undefined) throw invalid(`scopes: no resource server has ${unknown}`)
  if (
    !Number.isInteger(accessTokenValiditySeconds) ||
    accessTokenValiditySeconds < MIN_VALIDITY_S ||
    accessTokenValiditySeconds > MAX_VALIDITY_S
  ) {
    throw invalid(`accessTokenValiditySeconds: ${MIN_VALIDITY_S} to ${MAX_VALIDITY_S}`)
  }
  const clientId = randomText(LOWER, ID_LENGTH)
  return { clientId, clientName, scopes, allowedOAuthFlows, accessTokenValiditySeconds }
}

function withoutSecret(stored: StoredClient): PoolClient {
  const { clientId, clientName, scopes, allowedOAuthFlows, accessTokenValiditySeconds } = stored
  return { clientId, clientName, scopes, allowedOAuthFlows, accessTokenValiditySeconds }
}

/** Compares digests, which have one length, in a time that tells nothing about the secret. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

function invalid(rule: string): HostError {
  return new HostError('ERR_INVALID_INPUT', rule)
}

function notFound(clientId: string): HostError {
  return new HostError('ERR_NOT_FOUND', `No client ${clientId.slice(0, 100)}`)
}
