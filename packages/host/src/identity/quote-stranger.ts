const MAX_CHARS = 300
/** Shorter ones occur in ordinary words; no server gives out secrets like that. */
const MIN_SECRET_CHARS = 6

/**
 * What another server said, fit for a message of ours: bounded, of the characters that OAuth allows
 * there (RFC 6749 §5.2), and without the secrets that we had sent it.
 */
export function quoteStranger(text: unknown, secrets: readonly string[]): string {
  if (typeof text !== 'string') return ''
  const safe = secrets
    .filter((secret) => secret.length >= MIN_SECRET_CHARS)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((quoted, secret) => quoted.replaceAll(secret, '[redacted]'), text)
  const clean = safe.replace(/[^\x21\x23-\x5B\x5D-\x7E]+/g, ' ').trim()
  return clean.length > MAX_CHARS ? `${clean.slice(0, MAX_CHARS)}…` : clean
}
