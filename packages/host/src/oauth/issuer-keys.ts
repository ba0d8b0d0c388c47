// What an issuer publishes: its discovery document and, through it, its keys. Both are read when the
// first token comes, kept, and read again when they are old or when a token names a key that is not
// among them. That name is written by whoever sends the token, so it may cost us a request only once
// in a while.
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'

export interface PublishedKeys {
  /** As the discovery document spells it; tokens must carry the same text. */
  readonly issuer: string
  readonly findKey: JWTVerifyGetKey
}

export interface IssuerKeys {
  /** The keys, read first when there are none or they are old. Rejects when they cannot be had. */
  get(): Promise<PublishedKeys>
  /** Reads them again for a key that was not among `known`; undefined when that was tried just now. */
  refresh(known: PublishedKeys): Promise<PublishedKeys | undefined>
}

interface IssuerKeysOptions {
  /** Asked each time: the address of an issuer that lives here is known only once we listen. */
  readonly discoveryUrl: () => string
  readonly rewriteUrl: (url: string) => string
  readonly now: () => number
  readonly log: Log
  /** How a document is fetched; whoever lets strangers name issuers passes a guarded one. */
  readonly readJson: (url: string) => Promise<unknown>
}

/** Keys are read again after this, so that a withdrawn one stops being accepted. */
const MAX_AGE_MS = 10 * 60_000
/** While the issuer does not answer, its last keys serve this long. */
const MAX_STALE_MS = 60 * 60_000
const RETRY_WITH_KEYS_MS = 30_000
const RETRY_WITHOUT_KEYS_MS = 2_000
const REFRESH_COOLDOWN_MS = 10_000

type Attempt =
  | { readonly ended: 'well'; readonly at: number }
  | { readonly ended: 'badly'; readonly at: number; readonly error: unknown }

/** Reads nothing yet. Several callers share one reading. */
export function createIssuerKeys(options: IssuerKeysOptions): IssuerKeys {
  const { now, log } = options
  let keys: (PublishedKeys & { readonly readAt: number }) | undefined
  let last: Attempt | undefined
  let reading: Promise<PublishedKeys> | undefined

  const read = (): Promise<PublishedKeys> =>
    (reading ??= readPublishedKeys(options)
      .then(
        (published) => {
          last = { ended: 'well', at: now() }
          return (keys = { ...published, readAt: now() })
        },
        (error: unknown) => {
          last = { ended: 'badly', at: now(), error }
          log.error('The keys of an issuer cannot be read; its tokens are refused', {
            discoveryUrl: options.discoveryUrl(),
            error: errorMessage(error),
          })
          throw error
        },
      )
      .finally(() => (reading = undefined)))

  return {
    async get() {
      const age = keys ? now() - keys.readAt : Infinity
      if (keys && age < MAX_AGE_MS) return keys
      const usable = age < MAX_STALE_MS ? keys : undefined
      const patience = usable ? RETRY_WITH_KEYS_MS : RETRY_WITHOUT_KEYS_MS
      if (!reading && last?.ended === 'badly' && now() - last.at < patience) {
        if (usable) return usable
        throw last.error
      }
      return read().catch((error: unknown) => {
        if (usable) return usable
        throw error
      })
    },
    async refresh(known) {
      if (keys && known.findKey !== keys.findKey) return keys
      if (!reading && last && now() - last.at < REFRESH_COOLDOWN_MS) return undefined
      return read().catch(() => undefined) // logged; the token is refused for its unknown key
    },
  }
}

async function readPublishedKeys(options: IssuerKeysOptions): Promise<PublishedKeys> {
  const { readJson } = options
  const discoveryUrl = options.discoveryUrl()
  const { issuer, jwksUri } = readDiscovery(await readJson(discoveryUrl), discoveryUrl)
  if (!discoveryUrl.startsWith(`${issuer}/`)) {
    const message = 'An issuer has another name than its address; MCP clients will not accept it'
    options.log.warn(message, { issuer, discoveryUrl })
  }
  const jwksUrl = options.rewriteUrl(jwksUri)
  if (discoveryUrl.startsWith('https:') && !jwksUrl.startsWith('https:')) {
    throw refuse(discoveryUrl, 'jwks_uri leaves https')
  }
  const document = await readJson(jwksUrl)
  const { createLocalJWKSet } = await import('jose/jwks/local')
  try {
    return { issuer, findKey: createLocalJWKSet(document as JSONWebKeySet) } // it checks the shape itself
  } catch (cause) {
    throw refuse(jwksUrl, 'the document is not a JSON Web Key Set', cause)
  }
}

function readDiscovery(document: unknown, url: string) {
  const { issuer, jwks_uri: jwksUri } = Object(document) as Record<string, unknown>
  if (typeof issuer !== 'string' || issuer === '') throw refuse(url, 'it has no issuer')
  if (typeof jwksUri !== 'string') throw refuse(url, 'it has no jwks_uri')
  return { issuer, jwksUri }
}

function refuse(url: string, why: string, cause?: unknown): HostError {
  return new HostError('ERR_TARGET_FAILED', `${url}: ${why}`, { cause })
}
