/** The user on whose behalf a workload acts, as its access token says. */
export type WorkloadUser =
  | { readonly kind: 'none' }
  /** Said by the caller, and verified by nobody. */
  | { readonly kind: 'id'; readonly userId: string }
  /** Said by an issuer, whose signature has been checked. */
  | {
      readonly kind: 'token'
      readonly issuer: string
      readonly subject: string
      readonly token: string
    }

/** The same text for the same user, and for no other; undefined when there is none. */
export function describeUser(user: WorkloadUser): string | undefined {
  switch (user.kind) {
    case 'none':
      return undefined
    case 'id':
      return JSON.stringify(['id', user.userId])
    case 'token':
      return JSON.stringify(['token', user.issuer, user.subject])
  }
}
