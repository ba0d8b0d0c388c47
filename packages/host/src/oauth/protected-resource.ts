export interface ProtectedResource {
  /** The URL that clients use, to the letter; they compare it (RFC 9728 §3.3). */
  readonly resource: string
  readonly authorizationServers: readonly string[]
  /** Left out of the document when undefined; an empty list is shown as one. */
  readonly scopes?: readonly string[] | undefined
}

/** The protected resource metadata document (RFC 9728 §2). */
export function describeProtectedResource(about: ProtectedResource): object {
  return {
    resource: about.resource,
    authorization_servers: about.authorizationServers,
    ...(about.scopes && { scopes_supported: about.scopes }),
    bearer_methods_supported: ['header'],
  }
}
