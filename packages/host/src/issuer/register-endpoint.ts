// Clients that register themselves (RFC 7591), which Cognito does not have and MCP clients need to log
// in without an administrator. Anybody may, so a client gets little by it: no secret, no grant without a
// person who signs in and allows it, an address to return to that is https or on the person's machine.
// The number of them is bounded, and those that nobody ever allowed make room for new ones.
import { jsonAnswer, singleHeader, type Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import { OPENID_SCOPES } from './pool-client.ts'
import { answerTooMany } from './compat.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolClients } from './pool-clients.ts'
import { isRegistrableUri } from './redirect-uri.ts'
import type { ResourceServers } from './resource-servers.ts'

interface RegistrationOptions {
  readonly clients: PoolClients
  readonly resourceServers: ResourceServers
  readonly now: () => number
}

const MAX_REGISTERED = 500
const MAX_URIS = 10
const MAX_SCOPES = 50
/** Registrations at once, and how often another one is possible. */
const BURST = 30
const REFILL_MS = 2_000
/** A stolen refresh token shows itself when the other one is used (RFC 9700 §4.14.2). */
const ROTATION = { graceSeconds: 30 }

/** RFC 7591 §3.2.2. */
class RegistrationRefusal extends Error {
  override readonly name = 'RegistrationRefusal'
  readonly code: 'invalid_redirect_uri' | 'invalid_client_metadata'

  constructor(code: RegistrationRefusal['code'], description: string) {
    super(description)
    this.code = code
  }
}

export function createRegistrationEndpoint(options: RegistrationOptions) {
  const { clients, now } = options
  let left = BURST
  let refilledAt = now()
  const mayRegister = () => {
    const more = Math.floor((now() - refilledAt) / REFILL_MS)
    if (more > 0) {
      left = Math.min(BURST, left + more)
      refilledAt = now()
    }
    if (left === 0) return false
    left--
    return true
  }
  return {
    async serve(request: IssuerRequest): Promise<Answer> {
      try {
        const metadata = readMetadata(request)
        const redirectUris = readRedirectUris(metadata)
        checkGrants(metadata)
        if (!mayRegister() || !(await makeRoom(clients))) return answerTooMany()
        const client = await clients.create(
          {
            clientName: readName(metadata),
            callbackUrls: redirectUris,
            scopes: readScopes(metadata, options.resourceServers),
            allowedOAuthFlows: ['code'],
            allowsOAuth: true,
            hidesUnknownUsers: true,
            refreshTokenRotation: ROTATION,
          },
          { origin: 'registration' },
        )
        return jsonAnswer(201, describeClient(client), { 'cache-control': 'no-store' })
      } catch (error) {
        return answerRefusal(error)
      }
    },
  }
}

/** RFC 7591 §3.2.1: what was registered, which may be less than what was asked. */
function describeClient(client: PoolClient): object {
  return {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(Date.parse(client.createdAt) / 1_000),
    client_name: client.clientName,
    redirect_uris: client.callbackUrls,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: client.scopes.join(' '),
  }
}

type Metadata = Readonly<Record<string, unknown>>

function readMetadata({ headers, body = '' }: IssuerRequest): Metadata {
  const isJson = /^application\/json *(?:;|$)/i.test(singleHeader(headers['content-type']) ?? '')
  const value = isJson ? parseJson(body) : undefined
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new RegistrationRefusal('invalid_client_metadata', 'The body must be a JSON object')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // refused by the caller, in words of its own
  }
}

function readRedirectUris(metadata: Metadata): readonly string[] {
  const uris = metadata['redirect_uris']
  const isList = Array.isArray(uris) && uris.length > 0 && uris.length <= MAX_URIS
  if (isList && uris.every((uri) => typeof uri === 'string' && isRegistrableUri(uri))) return uris
  throw new RegistrationRefusal(
    'invalid_redirect_uri',
    `redirect_uris: 1 to ${MAX_URIS} addresses, https or http on loopback, without a fragment`,
  )
}

/** A client that only wants what no registered client gets is told so now, not at its first try. */
function checkGrants(metadata: Metadata): void {
  const grants = metadata['grant_types']
  if (!Array.isArray(grants) || grants.includes('authorization_code')) return
  const message = 'grant_types: authorization_code is what a registered client can have'
  throw new RegistrationRefusal('invalid_client_metadata', message)
}

/** In the characters that Cognito's client names have, so that it cannot look like anything else. */
function readName(metadata: Metadata): string {
  const asked = metadata['client_name']
  const text = typeof asked === 'string' ? asked : ''
  const name = text
    .replaceAll(/[^\w+=,.@ -]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, 128)
    .trim()
  return name === '' ? 'Unnamed application' : name
}

/** What was asked, as far as it exists; everything when nothing was. */
function readScopes(metadata: Metadata, resourceServers: ResourceServers): readonly string[] {
  const all = [...OPENID_SCOPES, ...resourceServers.scopes().keys()].slice(0, MAX_SCOPES)
  const asked = metadata['scope']
  if (typeof asked !== 'string') return all
  const wanted = new Set(asked.split(' '))
  const scopes = all.filter((scope) => wanted.has(scope))
  return scopes.length === 0 ? all : scopes
}

/** Removes the oldest registered client that nobody ever allowed; false when all of them are in use. */
async function makeRoom(clients: PoolClients): Promise<boolean> {
  const registered = clients.list().filter(({ origin }) => origin === 'registration')
  if (registered.length < MAX_REGISTERED) return true
  const unused = registered.find(({ isUsed }) => isUsed !== true)
  if (unused === undefined) return false
  await clients.delete(unused.clientId)
  return true
}

function answerRefusal(error: unknown): Answer {
  if (error instanceof HostError && error.code === 'ERR_LIMIT_EXCEEDED') return answerTooMany()
  if (!(error instanceof RegistrationRefusal)) throw error
  const body = { error: error.code, error_description: error.message }
  return jsonAnswer(400, body, { 'cache-control': 'no-store' })
}
