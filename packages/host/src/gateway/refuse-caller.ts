import type { Answer } from '../http/exchange.ts'
import { formatChallenge } from '../oauth/challenge.ts'
import type { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import { formatCallerRefusal } from './compat.ts'
import type { GatewayRequest, ServedGateway } from './served-gateway.ts'

/** The 401 or 403, with the challenge that leads a client to a token (RFC 9728 §5.1). */
export function refuseCaller(
  refusal: OAuthRefusal,
  { authorizer }: ServedGateway,
  { resourceMetadataUrl }: GatewayRequest,
): Answer {
  const scopes = authorizer?.scopes ?? []
  return {
    status: refusal.status,
    headers: {
      'content-type': 'application/json',
      'www-authenticate': formatChallenge({ refusal, resourceMetadataUrl, scopes }),
    },
    body: formatCallerRefusal(refusal),
  }
}
