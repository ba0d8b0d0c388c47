// Caller headers that no allowlist can let through (AgentCore developer guide, request header
// allowlist; the list as bedrock-agentcore-sdk-python quotes it in runtime/models.py), and those by
// which the platform speaks to the server.

const RESTRICTED: ReadonlySet<string> = new Set(
  `proxy-authorization www-authenticate
  accept accept-charset accept-encoding accept-language content-type content-length
  content-encoding content-language content-location content-range
  cache-control etag expires last-modified pragma vary
  connection keep-alive proxy-connection upgrade
  host user-agent referer from
  range accept-ranges transfer-encoding te trailer
  server date location retry-after
  cookie set-cookie
  content-security-policy content-security-policy-report-only strict-transport-security
  x-content-type-options x-frame-options x-xss-protection referrer-policy permissions-policy
  origin
  accept-ch accept-ch-lifetime dpr width viewport-width downlink ect rtt save-data device-memory
  clear-site-data feature-policy expect-ct public-key-pins public-key-pins-report-only
  via forwarded x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip x-requested-with
  x-csrf-token
  true-client-ip x-client-ip x-cluster-client-ip x-originating-ip x-source-ip x-original-url
  x-original-host x-rewrite-url
  cf-ray cf-connecting-ip x-cache x-served-by
  link
  workloadaccesstoken oauth2callbackurl`.split(/\s+/),
)

const RESTRICTED_PREFIXES = [
  'access-control-',
  'cross-origin-',
  'if-',
  'sec-ch-',
  'sec-websocket-',
  'x-amz-',
]

const CUSTOM_PREFIX = 'x-amzn-bedrock-agentcore-runtime-custom-'

/** Whether a header may be named in `requestHeaderAllowlist`; the name in lower case. */
export function isRestrictedHeader(name: string): boolean {
  if (name.startsWith('x-amzn-')) return !name.startsWith(CUSTOM_PREFIX)
  return RESTRICTED.has(name) || RESTRICTED_PREFIXES.some((prefix) => name.startsWith(prefix))
}
