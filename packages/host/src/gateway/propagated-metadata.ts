// What of a caller's request reaches a target: the headers and query parameters that the target's
// `metadataConfiguration` lists, and nothing else (AgentCore developer guide, header propagation).
import { singleHeader } from '../http/exchange.ts'
import type { GatewayRequest } from './inbound-call.ts'
import type { MetadataConfiguration } from './target-record.ts'

const HEADER_NAME = /^[a-zA-Z0-9_-]{1,100}$/
const CUSTOM_PREFIX = 'x-amzn-bedrock-agentcore-runtime-custom-'
/** The service writes this one into targets itself, and clients send it back; it reaches nobody. */
const POLICY_SESSION = 'x-amzn-bedrock-agentcore-policy-session-id'

const RESTRICTED: ReadonlySet<string> = new Set(
  `authorization proxy-authorization www-authenticate
  accept accept-charset accept-encoding accept-language accept-ranges accept-ch accept-ch-lifetime
  content-type content-length content-encoding content-language content-location content-range
  content-security-policy content-security-policy-report-only cache-control etag expires if-match
  if-modified-since if-none-match if-range if-unmodified-since last-modified pragma vary connection
  keep-alive proxy-connection upgrade host user-agent referer from range transfer-encoding te trailer
  server date location retry-after set-cookie cookie strict-transport-security
  x-content-type-options x-frame-options x-xss-protection referrer-policy permissions-policy
  feature-policy expect-ct public-key-pins public-key-pins-report-only clear-site-data
  cross-origin-embedder-policy cross-origin-opener-policy cross-origin-resource-policy origin dpr
  width viewport-width downlink ect rtt save-data x-forwarded-for x-forwarded-host x-forwarded-proto
  x-real-ip x-requested-with x-csrf-token cf-ray cf-connecting-ip x-amz-cf-id x-cache x-served-by
  link`.split(/\s+/),
)
const RESTRICTED_PREFIXES = ['access-control-', 'sec-websocket-']

/** AgentCore developer guide: 4 KB of printable ASCII. */
const VALUE = /^[\x20-\x7e]{0,4096}$/

export interface PropagatedMetadata {
  /** Under the names that the target lists. */
  readonly headers: Readonly<Record<string, string>>
  readonly queryParameters: Readonly<Record<string, string>>
}

/** Whether a target may list a header of this name. */
export function isPropagatable(name: string): boolean {
  if (!HEADER_NAME.test(name)) return false
  const key = name.toLowerCase()
  if (key.startsWith('x-amzn-')) return key.startsWith(CUSTOM_PREFIX) || key === POLICY_SESSION
  return !RESTRICTED.has(key) && !RESTRICTED_PREFIXES.some((prefix) => key.startsWith(prefix))
}

/** What a target is handed of a request; values that no header may carry are left out. */
export function propagate(
  { allowedRequestHeaders = [], allowedQueryParameters = [] }: MetadataConfiguration,
  { headers, query }: Pick<GatewayRequest, 'headers' | 'query'>,
): PropagatedMetadata {
  const parameters = new URLSearchParams(query)
  const passed = (names: readonly string[], valueOf: (name: string) => string | null | undefined) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = valueOf(name) ?? undefined
        return value !== undefined && VALUE.test(value) ? [[name, value]] : []
      }),
    )
  return {
    headers: passed(
      allowedRequestHeaders.filter((name) => name.toLowerCase() !== POLICY_SESSION),
      (name) => singleHeader(headers[name.toLowerCase()]),
    ),
    queryParameters: passed(allowedQueryParameters, (name) => parameters.get(name)),
  }
}
