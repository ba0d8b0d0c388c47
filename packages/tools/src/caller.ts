import type { Caller } from './tool-context.ts'

/**
 * What a forwarded bearer token says about the caller, or undefined. Nothing is verified here: the
 * platform in front has done that, and tokens that are not JWTs say nothing (RFC 9068 §2.2).
 */
export function readCaller(authorization: string | undefined): Caller | undefined {
  const payload = /^bearer [^.\s]+\.([^.\s]+)\./i.exec(authorization ?? '')?.[1]
  if (payload === undefined) return undefined
  const claims = parseClaims(Buffer.from(payload, 'base64url').toString('utf8'))
  if (claims === undefined) return undefined
  const { sub, client_id } = claims
  return {
    ...(typeof sub === 'string' && { subject: sub }),
    ...(typeof client_id === 'string' && { clientId: client_id }),
  }
}

function parseClaims(json: string): Partial<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(json)
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined
  } catch {
    return undefined // an opaque token with two dots in it
  }
}
