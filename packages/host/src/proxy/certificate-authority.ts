// The authority that a program under `catamaran exec` trusts for the length of its run. Its key never
// leaves this process's memory, and its certificate is constrained to the domains served here, so that
// nobody could use either against the program's other connections.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { createAuthorityCertificate, createHostCertificate } from './certificate.ts'

export interface CertificateAuthority {
  /** Its own certificate, as PEM; there is no secret in it. */
  readonly certificate: string
  /** What a TLS server needs to be `host`, which must lie in a permitted domain. */
  contextFor(host: string): SecureContext
}

const HOUR_MS = 3_600_000
/** Clocks of containers lag behind. */
const BACKDATED_MS = HOUR_MS
const AUTHORITY_LIFE_MS = 365 * 24 * HOUR_MS
const HOST_LIFE_MS = 24 * HOUR_MS
const RENEW_BEFORE_MS = 12 * HOUR_MS
const MAX_CONTEXTS = 256

/** An authority of its own for one run. `now` is in milliseconds since 1970. */
export function createCertificateAuthority(
  permittedDomains: readonly string[],
  now: () => number = Date.now,
): CertificateAuthority {
  const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const hostKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = hostKeys.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const commonName = `Catamaran exec ${randomBytes(6).toString('hex')}`
  const authority = { commonName, ...authorityKeys }
  const certificate = createAuthorityCertificate({
    ...authority,
    ...validFor(AUTHORITY_LIFE_MS, now()),
    permittedDomains,
  })
  const contexts = new Map<string, { readonly context: SecureContext; readonly until: number }>()

  function createContext(host: string): SecureContext {
    const { publicKey } = hostKeys
    const validity = validFor(HOST_LIFE_MS, now())
    const cert = createHostCertificate({ host, publicKey, authority, ...validity })
    return createSecureContext({ cert, key, minVersion: 'TLSv1.2' })
  }

  return {
    certificate,
    contextFor(host) {
      const known = contexts.get(host)
      if (known !== undefined && now() < known.until) return known.context
      const context = createContext(host)
      contexts.delete(host)
      contexts.set(host, { context, until: now() + HOST_LIFE_MS - RENEW_BEFORE_MS })
      const [oldest] = contexts.keys()
      if (contexts.size > MAX_CONTEXTS && oldest !== undefined) contexts.delete(oldest)
      return context
    },
  }
}

function validFor(lifeMs: number, nowMs: number) {
  return { notBefore: new Date(nowMs - BACKDATED_MS), notAfter: new Date(nowMs + lifeMs) }
}
