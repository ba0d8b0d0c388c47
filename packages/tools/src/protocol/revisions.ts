/** The first self-contained revision: no handshake, no session, an envelope in every request. */
export const MODERN_REVISION = '2026-07-28'

/** Every revision spoken here, newest first. */
export const REVISIONS: readonly string[] = [
  MODERN_REVISION,
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
]

/** What a request without the version header is taken for (MCP 2025-06-18, Transports). */
export const HEADERLESS_REVISION = '2025-03-26'

// Revisions older than Streamable HTTP. A client that names one over this transport differs from a
// 2025-03-26 client in nothing that we can see, so it is served wherever that one is.
const BEFORE_STREAMABLE_HTTP: ReadonlySet<string> = new Set(['2024-11-05', '2024-10-07'])

/** Revisions are dates compared as text; later ones than we know belong to the modern era too. */
export function isModernRevision(revision: string): boolean {
  return revision >= MODERN_REVISION
}

/** Whether a client that did the handshake may speak this revision to us. */
export function servesLegacyRevision(revision: string, revisions: readonly string[]): boolean {
  if (isModernRevision(revision)) return false
  return (
    revisions.includes(revision) ||
    (BEFORE_STREAMABLE_HTTP.has(revision) && revisions.includes(HEADERLESS_REVISION))
  )
}

/**
 * The revision that an `initialize` is answered with: the one asked for when we serve it, else our
 * newest that has a handshake. Never a refusal: the client decides whether it can go on
 * (MCP 2025-11-25, Lifecycle: Version Negotiation).
 */
export function negotiateRevision(asked: unknown, revisions: readonly string[]): string {
  if (typeof asked === 'string' && servesLegacyRevision(asked, revisions)) return asked
  return revisions.find((revision) => !isModernRevision(revision)) ?? HEADERLESS_REVISION
}
