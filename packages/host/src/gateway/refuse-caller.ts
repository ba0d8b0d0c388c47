import { AwsFault } from '../aws/aws-fault.ts'
import { jsonAnswer, type Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import { formatChallenge } from '../oauth/challenge.ts'
import { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import { describeCallerRefusal, describeSignerRefusal } from './compat.ts'
import type { ServedGateway } from './served-gateway.ts'
import type { GatewayRequest } from './inbound-call.ts'

/** The answer to somebody who may not call; undefined when `error` is about something else. */
export function refuseCaller(
  error: unknown,
  { admission }: ServedGateway,
  { resourceMetadataUrl }: GatewayRequest,
): Answer | undefined {
  if (error instanceof OAuthRefusal) {
    const scopes = admission?.authorizer?.scopes ?? []
    // The challenge leads a client to a token (RFC 9728 §5.1).
    const challenge = formatChallenge({ refusal: error, resourceMetadataUrl, scopes })
    const headers = { 'www-authenticate': challenge }
    return jsonAnswer(error.status, describeCallerRefusal(error), headers)
  }
  if (error instanceof AwsFault) {
    // Whatever is wrong with a signature is 403 here (AgentCore developer guide, inbound authorization).
    const headers = { ...error.headers, 'x-amzn-errortype': error.errorName }
    return jsonAnswer(403, describeSignerRefusal(error.message), headers)
  }
  if (error instanceof HostError && error.code === 'ERR_FORBIDDEN') {
    const headers = { 'x-amzn-errortype': 'AccessDeniedException' }
    return jsonAnswer(403, describeSignerRefusal(error.message), headers)
  }
  return undefined
}
