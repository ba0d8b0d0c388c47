/** A token to hand out, and until when. */
export interface CachedToken {
  readonly accessToken: string
  /** Undefined when the server did not say: such a token is handed out once. */
  readonly expiresAtMs?: number
}

export interface TokenCache {
  /** The kept token, or a new one. Callers who need the same one at the same time share one fetch. */
  get(
    key: string,
    fetch: () => Promise<CachedToken>,
    options?: { readonly isFresh?: boolean },
  ): Promise<CachedToken>
}

interface TokenCacheOptions {
  readonly now: () => number
  readonly marginMs: number
  readonly maxTokens?: number
}

/** Tokens in memory only: they are worth no more than the request that fetches another one. */
export function createTokenCache(options: TokenCacheOptions): TokenCache {
  const { now, marginMs, maxTokens = 10_000 } = options
  const tokens = new Map<string, CachedToken>()
  const fetching = new Map<string, Promise<CachedToken>>()

  const keep = (key: string, token: CachedToken) => {
    tokens.delete(key)
    if (token.expiresAtMs === undefined || token.expiresAtMs - marginMs <= now()) return
    const [oldest] = tokens.keys()
    if (oldest !== undefined && tokens.size >= maxTokens) tokens.delete(oldest)
    tokens.set(key, token)
  }

  return {
    async get(key, fetch, { isFresh = false } = {}) {
      const kept = tokens.get(key)
      if (!isFresh && kept?.expiresAtMs && kept.expiresAtMs - marginMs > now()) return kept
      const running = fetching.get(key)
      if (running) return running
      const started = fetch()
        .then((token) => {
          keep(key, token)
          return token
        })
        .finally(() => fetching.delete(key))
      fetching.set(key, started)
      return started
    },
  }
}
