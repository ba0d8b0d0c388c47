/** RFC 6750 §2.1: the scheme in any case, one or more spaces, then a b64token. */
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i

/** The token of an `Authorization: Bearer` header; undefined for every other text. */
export function parseBearer(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1]
}

/** Whether the caller meant to present a bearer token, well formed or not. */
export function isBearer(authorization: string): boolean {
  return /^bearer(?: |$)/i.test(authorization)
}
