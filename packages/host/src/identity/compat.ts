// What the AgentCore and Secrets Manager documents leave open, and what we do. One place to change.

/** How long a workload access token works. Assumed. */
export const WORKLOAD_ACCESS_TOKEN_LIFETIME_MS = 15 * 60_000

/** Seen by users, with the status assumed. */
export const LINKED_IDENTITY_REFUSAL =
  'WorkloadIdentity is linked to a service and cannot retrieve an access token by the caller'

/** Seen by users: a duplicate is no conflict. */
export function providerExists(name: string): string {
  return `Credential provider with name: ${name} already exists`
}

/** The model lists no conflict for it. The text is assumed. */
export function workloadIdentityExists(name: string): string {
  return `Workload identity with name: ${name} already exists`
}

/** Seen by users for a session that is unknown, too old or somebody else's; AccessDenied. */
export const SESSION_REFUSAL = 'Invalid or expired session'

/** Developer guide, session binding: an authorization URL is good for ten minutes. */
export const AUTHORIZATION_LIFETIME_MS = 10 * 60_000

/** A poll learns how a session ended for this long after its URL has expired. Assumed. */
export const SESSION_MEMORY_MS = 60 * 60_000

/** A token is fetched anew this long before it expires. Assumed. */
export const EXPIRY_MARGIN_MS = 60_000

/** Members of managed secrets. Assumed; the provider says them as `clientSecretJsonKey` and so on. */
export const CLIENT_SECRET_JSON_KEY = 'client_secret'
export const API_KEY_JSON_KEY = 'api_key_value'

/** `OwningService` of managed secrets, as policies of users name it. */
export const SECRET_OWNER = 'bedrock-agentcore-identity'

/** Developer guide, quotas: per account and Region, and for each of the two kinds. */
export const MAX_CREDENTIAL_PROVIDERS = 50

/** Unknown in the service; keeps a host that is asked again and again within bounds. */
export const MAX_OPEN_SESSIONS = 10_000

/** Parameters of a flow that `customParameters` must not replace (RFC 6749, 7523, 7636, 8693, 9101). */
export const RESERVED_PARAMETERS: ReadonlySet<string> = new Set([
  'actor_token',
  'assertion',
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'grant_type',
  'redirect_uri',
  'refresh_token',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'subject_token',
])

/** Tokens without a user authenticate like this when neither provider nor server says how. Assumed. */
export const DEFAULT_CLIENT_AUTHENTICATION = 'client_secret_basic'
