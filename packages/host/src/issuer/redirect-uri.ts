// Where a browser may be sent back to. Comparison is by character (RFC 9700 §4.1.3), with one exception:
// a native client listens on whatever loopback port is free (RFC 8252 §7.3).

/** Schemes that run or show what they carry; nothing is ever sent to them. */
const FORBIDDEN = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'about:',
  'ws:',
  'wss:',
])
/** The port may follow the host; user information may not stand before it. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(?=[/?]|$)/

/** A URL that a client of the pool may register: Cognito allows http for loopback only. */
export function isCallbackUrl(text: string): boolean {
  const url = parseRedirectUri(text)
  return url !== undefined && (url.protocol !== 'http:' || LOOPBACK.test(text))
}

/** The stricter rule for clients that nobody checks: https, or a program on the person's own machine. */
export function isRegistrableUri(text: string): boolean {
  const url = parseRedirectUri(text)
  return url?.protocol === 'https:'
    ? url.username === '' && url.password === ''
    : LOOPBACK.test(text)
}

/** Whether `asked` is one of the registered ones; `anyPort` lets loopback ports differ. */
export function isRegistered(
  asked: string,
  registered: readonly string[],
  { anyPort }: { readonly anyPort: boolean },
): boolean {
  if (registered.includes(asked)) return true
  const portless = withoutPort(asked)
  return anyPort && portless !== undefined && registered.some((it) => withoutPort(it) === portless)
}

/** `uri` with more parameters behind those it has. */
export function addParameters(
  uri: string,
  parameters: Readonly<Record<string, string | undefined>>,
) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, value)
  }
  return `${uri}${uri.includes('?') ? '&' : '?'}${query.toString()}`
}

function withoutPort(uri: string): string | undefined {
  const match = LOOPBACK.exec(uri)
  if (match === null || parseRedirectUri(uri) === undefined) return undefined
  const [origin, port = ''] = match
  return origin.slice(0, origin.length - port.length) + uri.slice(origin.length)
}

/** Printable ASCII only, so that nothing of it can end a header or mean something else elsewhere. */
function parseRedirectUri(text: string): URL | undefined {
  if (text.length > 2_048 || !/^[\x21-\x7e]+$/.test(text)) return undefined
  if (/[#\\"<>]/.test(text)) return undefined
  const url = URL.parse(text)
  return url === null || FORBIDDEN.has(url.protocol) ? undefined : url
}
