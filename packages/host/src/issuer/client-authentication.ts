// How a client says which one it is (Cognito developer guide, token endpoint; RFC 6749 §2.3.1): in the
// header, in the body, or, without a secret, by its id alone.
import { singleHeader } from '../http/exchange.ts'
import { WRONG_SECRET } from './compat.ts'
import { isForm, readForm, RepeatedParameter } from './form.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolClients } from './pool-clients.ts'
import { TokenRefusal } from './token-refusal.ts'

export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string | undefined
}

const BASIC = /^basic +([\w+/-]+=*) *$/i

/** The form that a client sent, or a refusal in the protocol's words. */
export function readClientForm({ headers, body }: IssuerRequest): ReadonlyMap<string, string> {
  const contentType = singleHeader(headers['content-type'])
  if (body === undefined || !isForm(contentType)) throw new TokenRefusal('invalid_request')
  try {
    return readForm(body)
  } catch (error) {
    if (error instanceof RepeatedParameter) throw new TokenRefusal('invalid_request')
    throw error
  }
}

/** One way of authentication, not two; the id alone may stand in the body beside the header. */
export function readCredentials(
  { headers }: IssuerRequest,
  form: ReadonlyMap<string, string>,
): ClientCredentials {
  const authorization = singleHeader(headers['authorization'])
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (authorization === undefined) {
    if (clientId === undefined) throw new TokenRefusal('invalid_request')
    return { clientId, clientSecret }
  }
  const basic = parseBasic(authorization)
  if (basic === undefined) throw new TokenRefusal('invalid_client')
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) {
    throw new TokenRefusal('invalid_request')
  }
  return basic
}

export function authenticateClient(
  { clientId, clientSecret }: ClientCredentials,
  clients: PoolClients,
): PoolClient {
  const client = clients.authenticate(clientId, clientSecret)
  if (client === 'unknown client') throw new TokenRefusal('invalid_client')
  if (client === 'wrong secret') throw new TokenRefusal('invalid_client', WRONG_SECRET)
  return client
}

function parseBasic(authorization: string): ClientCredentials | undefined {
  const encoded = BASIC.exec(authorization)?.[1]
  const text = encoded && Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text?.indexOf(':') ?? -1
  if (!text || colon < 1) return undefined
  const clientSecret = decode(text.slice(colon + 1)) || undefined
  return { clientId: decode(text.slice(0, colon)), clientSecret }
}

/** Some clients encode as RFC 6749 §2.3.1 asks, some do not; no id or secret has a percent sign. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not encoded, then
  }
}
