// A gateway's MCP URL (AgentCore developer guide, gateways; MCP 2025-03-26 to 2026-07-28).
//
// What is different, and stays so:
// - `tools/list` has one page, also without `disableMcpListToolsPagination`.
// - A change takes effect at once; nothing is cached.
// What is missing, and refused when it is asked for:
// - MCP sessions, streamed answers, interceptors, policies, semantic search, rate limits.
import {
  ErrorCode,
  formatError,
  formatRefusal,
  ProtocolRefusal,
  readInbound,
} from '@catamaran/tools/protocol'
import { jsonAnswer, singleHeader, type Answer } from '../http/exchange.ts'
import { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import { ACCEPTED_STATUS, UNKNOWN_GATEWAY_STATUS, WRONG_VERB_STATUS } from './compat.ts'
import { getMethod } from './methods.ts'
import { refuseCaller } from './refuse-caller.ts'
import type { GatewayRequest, ServedGateway } from './served-gateway.ts'

const JSON_TYPE = 'application/json'
const JSON_HEADERS = { 'content-type': JSON_TYPE }
const ACCEPTED: Answer = { status: ACCEPTED_STATUS }

/** One request, from what the caller sent to what the caller gets. Never rejects. */
export async function serve(gateway: ServedGateway, inbound: GatewayRequest): Promise<Answer> {
  try {
    await gateway.authorizer?.authorize(singleHeader(inbound.headers.authorization))
    if (inbound.method !== 'POST') return refuseVerb()
    if (inbound.body === undefined) return refuseLength(gateway.maxPayloadBytes)
    if (!isJsonType(singleHeader(inbound.headers['content-type']))) return refuseType()
    const request = readInbound(inbound.headers, inbound.body, gateway.rules)
    if (request.kind !== 'request') return ACCEPTED
    const method = getMethod(request)
    return jsonText(200, await method({ gateway, request, inbound }))
  } catch (error) {
    if (error instanceof ProtocolRefusal) return jsonText(error.status, formatRefusal(error))
    if (error instanceof OAuthRefusal) return refuseCaller(error, gateway, inbound)
    return refuseUnexpected(error, gateway, inbound)
  }
}

/** The refusal of a caller who may not call, before anything of the body is read. */
export async function refuseUnadmitted(
  gateway: ServedGateway,
  inbound: GatewayRequest,
): Promise<Answer | undefined> {
  try {
    await gateway.authorizer?.authorize(singleHeader(inbound.headers.authorization))
    return undefined
  } catch (error) {
    if (error instanceof OAuthRefusal) return refuseCaller(error, gateway, inbound)
    return refuseUnexpected(error, gateway, inbound)
  }
}

/** What a URL that names no gateway is answered. */
export function refuseUnknownGateway(gatewayId: string): Answer {
  return jsonAnswer(UNKNOWN_GATEWAY_STATUS, { message: `There is no gateway ${gatewayId}` })
}

function jsonText(status: number, body: string): Answer {
  return { status, headers: JSON_HEADERS, body }
}

/** The media type alone decides (RFC 9110 §8.3.1); parameters and case do not. */
function isJsonType(contentType: string | undefined): boolean {
  if (contentType === JSON_TYPE) return true
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === JSON_TYPE
}

function refuseVerb(): Answer {
  const message = 'Only POST is served here: this gateway has no sessions and no event stream'
  const headers = { ...JSON_HEADERS, allow: 'POST' }
  return { ...refuse(WRONG_VERB_STATUS, message), headers }
}

function refuseLength(maxBytes: number): Answer {
  return refuse(413, `The body has more than ${maxBytes} bytes`)
}

function refuseType(): Answer {
  return refuse(415, `The content type must be ${JSON_TYPE}`)
}

function refuse(status: number, message: string): Answer {
  return jsonText(status, formatError(undefined, ErrorCode.invalidRequest, message))
}

/** What nobody expected: the caller learns the request id, the log learns the cause. */
function refuseUnexpected(
  error: unknown,
  { record, log }: ServedGateway,
  { requestId }: GatewayRequest,
): Answer {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log.error('Unexpected error', { requestId, gatewayId: record.gatewayId, cause })
  const message = `Unexpected error in request ${requestId}`
  return jsonText(500, formatError(undefined, ErrorCode.internalError, message))
}
