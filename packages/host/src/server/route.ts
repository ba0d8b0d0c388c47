import { isIdentityBrowserPath } from '../identity/browser-paths.ts'
import { findIssuerPath } from '../issuer/issuer-path.ts'
import { parseGatewayId, type GatewayId } from '../kernel/ids.ts'
import { parseAwsHostName } from '../proxy/aws-host-names.ts'

/** What a path names. The path is raw: segments are split before anything is decoded. */
export type Route =
  | { readonly to: 'gateway'; readonly gatewayId: GatewayId; readonly mcpPath: string }
  | { readonly to: 'gateway-metadata'; readonly gatewayId: GatewayId; readonly mcpPath: string }
  | {
      readonly to: 'runtime'
      readonly arn: string
      readonly operation: RuntimeOperation
    }
  | { readonly to: 'issuer'; readonly poolId: string; readonly path: string }
  | { readonly to: 'issuer-domain'; readonly domain: string; readonly region: string }
  | { readonly to: 'identity-browser' }
  | { readonly to: 'health' }
  | { readonly to: 'aws' }

type RuntimeOperation = 'invocations' | 'stopruntimesession' | 'commands' | 'metadata'

const WELL_KNOWN = '/.well-known/oauth-protected-resource'
const GATEWAY_PATH = /^\/gateway\/([^/]+)(?:\/mcp)?$/
const GATEWAY_HOST = /^([0-9a-z-]+)\.gateway\.localhost(?::\d+)?$/
const RUNTIME_PATH = /^\/runtimes\/([^/]+)\/(invocations|stopruntimesession|commands)\/?$/
const POOL_PATH = /^\/([\w-]+)(\/.*)$/

/** Finds what a request is for. What no feature serves by its path is for the AWS API to answer. */
export function findRoute(path: string, host: string | undefined): Route {
  if (path.startsWith('/gateway/')) return gatewayRoute(path) ?? AWS
  if (path.startsWith('/runtimes/')) return runtimeRoute(path) ?? AWS
  if (path === '/healthz' || path === '/readyz') return { to: 'health' }
  if (isIdentityBrowserPath(path)) return { to: 'identity-browser' }
  return issuerRoute(path) ?? hostRoute(path, host) ?? metadataRoute(path) ?? AWS
}

const AWS: Route = { to: 'aws' }

function gatewayRoute(path: string): Route | undefined {
  const gatewayId = parseGatewayId(GATEWAY_PATH.exec(path)?.[1] ?? '')
  return gatewayId && { to: 'gateway', gatewayId, mcpPath: path }
}

/** Host names that AWS would form, under `catamaran exec`, and our own `{gatewayId}.gateway.localhost`. */
function hostRoute(path: string, host = ''): Route | undefined {
  const own = GATEWAY_HOST.exec(host)?.[1]
  if (own !== undefined) return gatewayHostRoute(path, own)
  const aws = parseAwsHostName(host)
  if (aws?.service === 'gateway') return gatewayHostRoute(path, aws.name)
  if (aws?.service === 'cognito-domain') {
    return { to: 'issuer-domain', domain: aws.name, region: aws.region }
  }
  const [, poolId, below] = aws?.service === 'cognito-idp' ? (POOL_PATH.exec(path) ?? []) : []
  return poolId && below ? { to: 'issuer', poolId, path: below } : undefined
}

function gatewayHostRoute(path: string, name: string): Route | undefined {
  const gatewayId = parseGatewayId(name)
  if (gatewayId === undefined) return undefined
  if (path === '/mcp' || path === '/') return { to: 'gateway', gatewayId, mcpPath: path }
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
  return { to: 'runtime', arn, operation: match[2] as RuntimeOperation }
}

function issuerRoute(path: string): Route | undefined {
  const found = findIssuerPath(path)
  return found && { to: 'issuer', ...found }
}

function decode(segment: string | undefined): string | undefined {
  if (segment === undefined) return undefined
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined // a malformed escape names nothing
  }
}
