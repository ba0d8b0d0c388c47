import type { Gateways } from '../gateway/gateways.ts'
import { jsonAnswer, sendAnswer, type Exchange } from '../http/exchange.ts'
import { readBody } from '../http/read-body.ts'
import type { Issuer } from '../issuer/issuer.ts'
import type { GatewayId } from '../kernel/ids.ts'
import type { Runtimes } from '../runtime/start-runtimes.ts'
import { refuse } from './listen.ts'
import { findRoute, type Route } from './route.ts'

export interface ServedFeatures {
  readonly gateways: Gateways
  readonly runtimes: Runtimes
  /** Undefined when the host runs without an issuer. */
  readonly issuer: () => Issuer | undefined
}

/** AgentCore developer guide, quotas: 6 MB for a gateway's request. */
const MAX_GATEWAY_BODY_BYTES = 6_291_456
const MAX_ISSUER_BODY_BYTES = 64 * 1024

/** One request, from its path to the feature that answers it. */
export function serveRequest(exchange: Exchange, features: ServedFeatures): Promise<void> | void {
  const route = findRoute(exchange.path, exchange.headers.host)
  if (route === undefined) return refuseUnknown(exchange)
  if (isDocument(route) && !isRead(exchange.method)) return refuseMethod(exchange)
  switch (route.to) {
    case 'gateway':
      return serveGateway(exchange, features.gateways, route.gatewayId, route.mcpPath)
    case 'gateway-metadata':
      return serveGatewayMetadata(exchange, features.gateways, route.gatewayId, route.mcpPath)
    case 'runtime': {
      const query = new URLSearchParams(exchange.query)
      const qualifier = query.get('qualifier') ?? 'DEFAULT'
      const accountId = query.get('accountId')
      return features.runtimes.serve(exchange, {
        arn: route.arn,
        operation: route.operation,
        qualifier,
        ...(accountId !== null && { accountId }),
      })
    }
    case 'issuer':
      return serveIssuer(exchange, features.issuer(), route.poolId, route.path)
    case 'health':
      return sendAnswer(exchange.response, jsonAnswer(200, { status: 'ok' }))
  }
}

async function serveGateway(
  exchange: Exchange,
  gateways: Gateways,
  gatewayId: GatewayId,
  mcpPath: string,
): Promise<void> {
  const { method, headers, requestId, response, request, baseUrl } = exchange
  const inbound = {
    method,
    headers,
    requestId,
    resourceMetadataUrl: `${baseUrl}/.well-known/oauth-protected-resource${mcpPath}`,
    signal: () => exchange.signal,
  }
  const refusal = await gateways.refuse(gatewayId, { ...inbound, body: '' })
  if (refusal !== undefined) return sendAnswer(response, refusal)
  const body = method === 'POST' ? await readBody(request, MAX_GATEWAY_BODY_BYTES) : Buffer.alloc(0)
  const answer = await gateways.serve(gatewayId, { ...inbound, body: body?.toString('utf8') })
  if (body === undefined) response.setHeader('connection', 'close') // the rest stays unread
  sendAnswer(response, answer)
}

function serveGatewayMetadata(
  exchange: Exchange,
  gateways: Gateways,
  gatewayId: GatewayId,
  mcpPath: string,
): void {
  const document = gateways.describeResource(gatewayId, {
    resource: `${exchange.baseUrl}${mcpPath}`,
  })
  if (document === undefined) return refuseUnknown(exchange)
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }
  sendAnswer(exchange.response, jsonAnswer(200, document, headers))
}

async function serveIssuer(
  exchange: Exchange,
  issuer: Issuer | undefined,
  poolId: string,
  path: string,
): Promise<void> {
  if (issuer === undefined || issuer.poolId !== poolId) return refuseUnknown(exchange)
  const body = await readBody(exchange.request, MAX_ISSUER_BODY_BYTES)
  if (body === undefined) exchange.response.setHeader('connection', 'close')
  const { method, headers } = exchange
  sendAnswer(
    exchange.response,
    body === undefined
      ? jsonAnswer(413, { error: 'invalid_request' })
      : await issuer.serve({ method, path, headers, body: body.toString('utf8') }),
  )
}

/** What is only there to be read: metadata and health. */
function isDocument(route: Route): boolean {
  const isMetadata = route.to === 'runtime' && route.operation === 'metadata'
  return isMetadata || route.to === 'gateway-metadata' || route.to === 'health'
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function refuseMethod({ response, method }: Exchange): void {
  response.setHeader('allow', 'GET, HEAD')
  refuse(response, 405, 'UnknownOperationException', `${method} is not served here; GET is`)
}

function refuseUnknown({ response, method, path }: Exchange): void {
  refuse(
    response,
    404,
    'UnknownOperationException',
    `Nothing is served at ${method} ${path.slice(0, 200)}`,
  )
}
