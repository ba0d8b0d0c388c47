import { isForS3 } from '../api/s3/s3-address.ts'
import type { Gateways } from '../gateway/gateways.ts'
import { jsonAnswer, sendAnswer, type Exchange } from '../http/exchange.ts'
import { readBody } from '../http/read-body.ts'
import type { PreparedIdentity } from '../identity/prepare-identity.ts'
import type { UserPools } from '../issuer/user-pools.ts'
import type { GatewayId } from '../kernel/ids.ts'
import type { Runtimes } from '../runtime/start-runtimes.ts'
import { refuse } from './listen.ts'
import type { Surface } from './surface.ts'
import { findRoute, type Route } from './route.ts'

export interface ServedFeatures {
  readonly gateways: Gateways
  readonly runtimes: Runtimes
  readonly userPools: UserPools
  readonly identity: PreparedIdentity
  readonly surfaces: () => Promise<readonly Surface[]>
}

/** AgentCore developer guide, quotas: 6 MB for a gateway's request. */
const MAX_GATEWAY_BODY_BYTES = 6_291_456
const MAX_ISSUER_BODY_BYTES = 64 * 1024

/** One request, from its path to the feature that answers it. */
export function serveRequest(exchange: Exchange, features: ServedFeatures): Promise<void> | void {
  if (isForS3(exchange)) return serveAws(exchange, features.surfaces) // a key may look like any path of ours
  const route = findRoute(exchange.path, exchange.headers.host)
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
      return serveIssuer(exchange, features.userPools, route.poolId, route.path)
    case 'issuer-domain': {
      const poolId = features.userPools.findByDomain(route.domain, route.region)
      if (poolId === undefined) return refuseUnknown(exchange)
      return serveIssuer(exchange, features.userPools, poolId, exchange.path)
    }
    case 'identity-browser':
      return serveBrowser(exchange, features.identity)
    case 'aws':
      return serveAws(exchange, features.surfaces)
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
  const { method, path, query, headers, requestId, response, request, baseUrl } = exchange
  const inbound = {
    method,
    path,
    query,
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

async function serveAws(exchange: Exchange, load: ServedFeatures['surfaces']): Promise<void> {
  const owner = (await load()).find((surface) => surface.owns(exchange))
  return owner === undefined ? refuseUnknown(exchange) : owner.serve(exchange)
}

async function serveIssuer(
  exchange: Exchange,
  userPools: UserPools,
  poolId: string,
  path: string,
): Promise<void> {
  const { method, query, headers, request, response } = exchange
  const body = await readBody(request, MAX_ISSUER_BODY_BYTES)
  if (body === undefined) {
    response.setHeader('connection', 'close') // the rest stays unread
    return sendAnswer(response, jsonAnswer(413, { error: 'invalid_request' }))
  }
  const { remoteAddress } = request.socket
  const asked = { method, path, query, headers, body: body.toString('utf8') }
  const answer = userPools.serve(poolId, { ...asked, ...(remoteAddress && { remoteAddress }) })
  sendAnswer(response, await answer)
}

async function serveBrowser(
  { method, path, query, response }: Exchange,
  identity: PreparedIdentity,
): Promise<void> {
  sendAnswer(response, await identity.serveBrowser({ method, path, query }))
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
