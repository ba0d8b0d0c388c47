import type { InboundHeaders } from './message.ts'

const ENCODED_PREFIX = '=?base64?'
const ENCODED_SUFFIX = '?='

/** The value of a header without optional whitespace (RFC 9110 §5.5); repeats are joined by commas. */
export function headerValue(headers: InboundHeaders, lowerCaseName: string): string | undefined {
  const value = headers[lowerCaseName]
  if (value === undefined) return undefined
  return stripWhitespace(typeof value === 'string' ? value : value.join(', '))
}

/**
 * The text that `Mcp-Name` or `Mcp-Param-*` carries, plain or as `=?base64?…?=`; undefined when the
 * encoding is broken (MCP 2026-07-28, Transports: Value Encoding).
 */
export function decodeHeaderValue(value: string): string | undefined {
  if (!value.startsWith(ENCODED_PREFIX) || !value.endsWith(ENCODED_SUFFIX)) return value
  const encoded = value.slice(ENCODED_PREFIX.length, -ENCODED_SUFFIX.length)
  const bytes = Buffer.from(encoded, 'base64')
  // Node skips over what is not base64; only what comes back the same was valid.
  if (bytes.toString('base64') !== encoded) return undefined
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined
}

function stripWhitespace(value: string): string {
  return isWhitespace(value.charCodeAt(0)) || isWhitespace(value.charCodeAt(value.length - 1))
    ? value.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '')
    : value
}

function isWhitespace(charCode: number): boolean {
  return charCode === 32 || charCode === 9
}
