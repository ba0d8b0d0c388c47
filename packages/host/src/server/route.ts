import { parseGatewayId, type GatewayId } from '../kernel/ids.ts'

/** What a path names. The path is raw: segments are split before anything is decoded. */
export type Route =
  | { readonly to: 'gateway'; readonly gatewayId: GatewayId; readonly mcpPath: string }
  | { readonly to: 'gateway-metadata'; readonly gatewayId: GatewayId; readonly mcpPath: string }
  | {
      readonly to: 'runtime'
      readonly arn: string
      readonly operation: 'invocations' | 'stopruntimesession' | 'metadata'
    }
  | { readonly to: 'issuer'; readonly poolId: string; readonly path: string }
  | { readonly to: 'health' }

const WELL_KNOWN = '/.well-known/oauth-protected-resource'
const GATEWAY_PATH = /^\/gateway\/([^/]+)\/mcp$/
const GATEWAY_HOST = /^([0-9a-z-]+)\.gateway\.localhost(?::\d+)?$/
const RUNTIME_PATH = /^\/runtimes\/([^/]+)\/(invocations|stopruntimesession)$/
const ISSUER_PATH = /^\/issuer\/([\w-]+)(\/.*)$/

/** Finds what a request is for, or undefined when nothing is served there. */
export function findRoute(path: string, host: string | undefined): Route | undefined {
  if (path.startsWith('/gateway/')) return gatewayRoute(path)
  if (path.startsWith('/runtimes/')) return runtimeRoute(path)
  if (path.startsWith('/issuer/')) return issuerRoute(path)
  if (path === '/healthz' || path === '/readyz') return { to: 'health' }
  return hostRoute(path, host) ?? metadataRoute(path)
}

function gatewayRoute(path: string): Route | undefined {
  const gatewayId = parseGatewayId(GATEWAY_PATH.exec(path)?.[1] ?? '')
  return gatewayId && { to: 'gateway', gatewayId, mcpPath: path }
}

/** `{gatewayId}.gateway.localhost` serves the gateway at the paths AWS uses. */
function hostRoute(path: string, host: string | undefined): Route | undefined {
  const gatewayId = parseGatewayId(GATEWAY_HOST.exec(host ?? '')?.[1] ?? '')
  if (gatewayId === undefined) return undefined
  if (path === '/mcp') return { to: 'gateway', gatewayId, mcpPath: path }
  if (path === WELL_KNOWN || path === `${WELL_KNOWN}/mcp`) {
    return { to: 'gateway-metadata', gatewayId, mcpPath: '/mcp' }
  }
  return undefined
}

/** RFC 9728 §3.1: the well-known part stands between the authority and the resource's path. */
function metadataRoute(path: string): Route | undefined {
  if (!path.startsWith(`${WELL_KNOWN}/`)) return undefined
  const resource = path.slice(WELL_KNOWN.length)
  const gateway = gatewayRoute(resource)
  if (gateway?.to === 'gateway') return { ...gateway, to: 'gateway-metadata' }
  const runtime = runtimeRoute(resource)
  return runtime?.to === 'runtime' && runtime.operation === 'invocations'
    ? { ...runtime, operation: 'metadata' }
    : undefined
}

function runtimeRoute(path: string): Route | undefined {
  const suffix = `/invocations${WELL_KNOWN}`
  const isMetadata = path.endsWith(suffix)
  const match = RUNTIME_PATH.exec(isMetadata ? path.slice(0, -WELL_KNOWN.length) : path)
  const arn = decode(match?.[1])
  if (arn === undefined || match?.[2] === undefined) return undefined
  if (isMetadata) return { to: 'runtime', arn, operation: 'metadata' }
  return { to: 'runtime', arn, operation: match[2] as 'invocations' | 'stopruntimesession' }
}

function issuerRoute(path: string): Route | undefined {
  const match = ISSUER_PATH.exec(path)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return { to: 'issuer', poolId: match[1], path: match[2] }
}

function decode(segment: string | undefined): string | undefined {
  if (segment === undefined) return undefined
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined // a malformed escape names nothing
  }
}
