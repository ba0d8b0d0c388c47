import { callHttp } from '../http/call.ts'
import { HostError } from '../kernel/host-error.ts'
import { loadSealer } from '../kernel/seal.ts'
import type { HostRecord } from './host-record.ts'

export interface TokenAnswer {
  readonly access_token: string
  readonly expires_in: number
  readonly token_type: string
}

/** A token from the host's own token endpoint, as any client gets one (RFC 6749 §4.4). */
export async function fetchToken(oauth: NonNullable<HostRecord['oauth']>): Promise<TokenAnswer> {
  const sealer = await loadSealer(oauth.masterKeyFile)
  return requestToken({ ...oauth, clientSecret: sealer.open(oauth.sealedSecret) })
}

export interface ClientCredentials {
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
}

/** Asks a token endpoint for a token of the client itself. */
export async function requestToken(client: ClientCredentials): Promise<TokenAnswer> {
  const { tokenUrl, clientId, clientSecret, scopes } = client
  const answer = await callHttp(tokenUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: scopes.join(' '),
    }).toString(),
  })
  if (answer.status === 200) return JSON.parse(answer.body) as TokenAnswer
  throw new HostError(
    'ERR_UNAUTHENTICATED',
    `The token endpoint ${tokenUrl} refused: ${answer.status} ${answer.body.slice(0, 200)}`,
  )
}
