import type { Scope } from '../kernel/scope.ts'
import type { Parameter } from './token-endpoint.ts'

/** One user asked for one authorization, from the URL that was given out to its end. */
export interface AuthorizationSession {
  /** The last part of the session URI. */
  readonly id: string
  readonly scope: Scope
  readonly workloadIdentityArn: string
  readonly providerName: string
  readonly credentialProviderArn: string
  /** Where in the vault the token will be; says workload, user, provider and purpose. */
  readonly tokenKey: string
  /** When the authorization URL stops working. */
  readonly expiresAtMs: number
  /** `SessionSecrets` as JSON. */
  readonly sealedSecrets: string
  readonly state: SessionState
}

export type SessionState =
  /** The user has not come back yet. */
  | { readonly phase: 'open' }
  /** The user is back with a code; somebody has to say who the user is. */
  | { readonly phase: 'returned'; readonly sealedCode: string }
  | { readonly phase: 'completed' }
  | { readonly phase: 'failed' }

export interface SessionSecrets {
  /** As `describeUser` writes it. */
  readonly user: string
  /** Goes to the authorization server and comes back (RFC 6749 §10.12). */
  readonly state: string
  /** RFC 7636. */
  readonly codeVerifier: string
  readonly redirectUri: string
  readonly returnUrl: string
  readonly customState?: string
  /** What the authorization request says beyond the protocol. */
  readonly parameters: readonly Parameter[]
  /** What the code is exchanged for (RFC 8707 §2.2). */
  readonly resources: readonly string[]
}

const URI_PREFIX = 'urn:ietf:params:oauth:request_uri:'

export function formatSessionUri(id: string): string {
  return `${URI_PREFIX}${id}`
}

export function parseSessionUri(uri: string): string | undefined {
  return uri.startsWith(URI_PREFIX) ? uri.slice(URI_PREFIX.length) : undefined
}
