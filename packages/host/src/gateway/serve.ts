// A gateway's MCP URL (AgentCore developer guide, gateways; MCP 2025-03-26 to 2026-07-28).
//
// What is different, and stays so:
// - `tools/list` has one page, also without `disableMcpListToolsPagination`.
// - A change takes effect at once; nothing is cached.
// What is missing, and refused when it is asked for:
// - MCP sessions, streamed answers, interceptors, policies, rules, prompts and resources.
import {
  ErrorCode,
  formatError,
  formatRefusal,
  ProtocolRefusal,
  readInbound,
  type RequestMessage,
} from '@catamaran/tools/protocol'
import { jsonAnswer, singleHeader, type Answer } from '../http/exchange.ts'
import { ANYBODY } from './admission.ts'
import { ACCEPTED_STATUS, UNKNOWN_GATEWAY_STATUS, WRONG_VERB_STATUS } from './compat.ts'
import { THROTTLED_CODE, THROTTLED_MESSAGE, THROTTLED_STATUS } from './compat.ts'
import { getMethod } from './methods.ts'
import { refuseCaller } from './refuse-caller.ts'
import type { ServedGateway } from './served-gateway.ts'
import type { GatewayRequest } from './inbound-call.ts'

const JSON_TYPE = 'application/json'
const JSON_HEADERS = { 'content-type': JSON_TYPE }
const ACCEPTED: Answer = { status: ACCEPTED_STATUS }

/** One request, from what the caller sent to what the caller gets. Never rejects. */
export async function serve(gateway: ServedGateway, inbound: GatewayRequest): Promise<Answer> {
  const { admission, rateLimiter, rules } = gateway
  try {
    if (inbound.body === undefined) return await refuseUnread(gateway, inbound)
    const caller = admission ? await admission.admit(inbound) : ANYBODY
    if (inbound.method !== 'POST') return refuseVerb()
    if (!isJsonType(singleHeader(inbound.headers['content-type']))) return refuseType()
    const request = readInbound(inbound.headers, inbound.body, rules)
    if (request.kind !== 'request') return ACCEPTED
    const method = getMethod(request)
    const waitSeconds = rateLimiter?.take(caller, findCalledTool(gateway, request))
    if (waitSeconds !== undefined) return refuseThrottled(request, waitSeconds)
    return jsonText(200, await method({ gateway, request, inbound, caller }))
  } catch (error) {
    if (error instanceof ProtocolRefusal) return jsonText(error.status, formatRefusal(error))
    return refuseCaller(error, gateway, inbound) ?? refuseUnexpected(error, gateway, inbound)
  }
}

/** The refusal of a caller who may not call, before anything of the body is read. */
export async function refuseUnadmitted(
  gateway: ServedGateway,
  inbound: GatewayRequest,
): Promise<Answer | undefined> {
  try {
    await gateway.admission?.admitUnread(inbound)
    return undefined
  } catch (error) {
    return refuseCaller(error, gateway, inbound) ?? refuseUnexpected(error, gateway, inbound)
  }
}

/** What is answered when the body is longer than a payload may be, and stays unread. */
async function refuseUnread(gateway: ServedGateway, inbound: GatewayRequest): Promise<Answer> {
  return (await refuseUnadmitted(gateway, inbound)) ?? refuseLength(gateway.maxPayloadBytes)
}

/** What a URL that names no gateway is answered. */
export function refuseUnknownGateway(gatewayId: string): Answer {
  return jsonAnswer(UNKNOWN_GATEWAY_STATUS, { message: `There is no gateway ${gatewayId}` })
}

function findCalledTool({ catalogue }: ServedGateway, { method, params }: RequestMessage) {
  return method === 'tools/call' ? catalogue.tools.get(String(params['name'])) : undefined
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

function refuseThrottled({ id }: RequestMessage, waitSeconds: number): Answer {
  const body = formatError(id, THROTTLED_CODE, THROTTLED_MESSAGE)
  const headers = { ...JSON_HEADERS, 'retry-after': String(waitSeconds) }
  return { status: THROTTLED_STATUS, headers, body }
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
