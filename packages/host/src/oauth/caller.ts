import { CLIENT_CLAIMS } from './compat.ts'

/** Who is calling, as a verified token says. */
export interface Caller {
  readonly issuer: string
  /** `sub`; a machine's token without one is named after its client. */
  readonly subject: string
  readonly clientId?: string
  readonly scopes: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
}

/** The caller that a token's claims describe. The claims have been verified; their types have not. */
export function describeCaller(claims: Readonly<Record<string, unknown>>): Caller {
  const clientId = CLIENT_CLAIMS.map((name) => claims[name]).find(isText)
  return Object.freeze({
    issuer: isText(claims['iss']) ? claims['iss'] : '',
    subject: isText(claims['sub']) ? claims['sub'] : (clientId ?? ''),
    ...(clientId !== undefined && { clientId }),
    scopes: Object.freeze(readScopes(claims)),
    claims: Object.freeze(claims),
  })
}

/** `scope` as a text of words (RFC 8693 §4.2); `scp` as such a text or a list, as some issuers write it. */
function readScopes(claims: Readonly<Record<string, unknown>>): string[] {
  const words = [claims['scope'], claims['scp']].flatMap((value): unknown[] =>
    isText(value) ? value.split(' ') : Array.isArray(value) ? value : [],
  )
  return words.filter(isText)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
