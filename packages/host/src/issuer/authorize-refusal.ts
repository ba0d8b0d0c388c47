/**
 * An authorization request that is turned away. With a `redirectUri` that belongs to the client the
 * application is told (RFC 6749 §4.1.2.1); without one, only the person in front of the browser.
 */
export class AuthorizeRefusal extends Error {
  override readonly name = 'AuthorizeRefusal'
  readonly code: string
  readonly redirectUri: string | undefined
  readonly state: string | undefined

  constructor(
    code: string,
    description: string,
    options: {
      readonly redirectUri?: string
      readonly state?: string | undefined
      readonly cause?: unknown
    } = {},
  ) {
    super(description, { cause: options.cause })
    this.code = code
    this.redirectUri = options.redirectUri
    this.state = options.state
  }
}
