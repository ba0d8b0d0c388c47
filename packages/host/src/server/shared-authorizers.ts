import { createJsonReader, type GuardedFetch } from '../http/guarded-fetch.ts'
import type { Log } from '../kernel/log.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import { createJwtAuthorizer, type JwtAuthorizer } from '../oauth/jwt-authorizer.ts'

export type AuthorizerFor = (config: CustomJwtAuthorizer) => JwtAuthorizer

interface SharedAuthorizersOptions {
  readonly log: Log
  readonly rewriteUrl: (url: string) => string
  /** An issuer is named by whoever creates a gateway: not every address may be asked. */
  readonly fetch: GuardedFetch
}

/**
 * One authorizer per configuration: a gateway and a runtime that trust the same issuer share its keys
 * and the tokens already verified. Reading the keys begins at once, before the first token comes.
 */
export function sharedAuthorizers({ fetch, ...options }: SharedAuthorizersOptions): AuthorizerFor {
  const authorizers = new Map<string, JwtAuthorizer>()
  const readJson = createJsonReader(fetch)
  return (config) => {
    const key = JSON.stringify(config)
    const known = authorizers.get(key)
    if (known !== undefined) return known
    const authorizer = createJwtAuthorizer(config, { ...options, readJson })
    authorizers.set(key, authorizer)
    void authorizer.prepare() // never rejects
    return authorizer
  }
}
