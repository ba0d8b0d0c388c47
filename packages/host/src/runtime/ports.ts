// What the runtime feature needs from others; `server` finds something that fits.
import type { Scope } from '../kernel/scope.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { StoreChange } from '../store/store.ts'
import type { InboundAuthorizer } from './authorize.ts'

/** The workload identity that each agent runtime has, named after its id. */
export interface LinkedIdentities {
  describe(scope: Scope, name: string, now: number): LinkedIdentity
}

export interface LinkedIdentity {
  readonly workloadIdentityArn: string
  /** Rows to be written, or removed, together with the agent runtime's own. */
  readonly created: readonly StoreChange[]
  readonly removed: readonly StoreChange[]
  /** Tells that they were written, or removed. */
  commit(): void
  uncommit(): void
}

/** Tokens by which a server proves to AgentCore Identity for whom it works. */
export interface WorkloadTokens {
  forCaller(request: {
    readonly scope: Scope
    readonly workloadName: string
    readonly user: WorkloadUser
  }): Promise<string>
}

/** A user with a verified token, or one that an AWS caller vouches for. */
export type WorkloadUser = { readonly token: string } | { readonly userId: string }

export type AuthorizerFor = (config: CustomJwtAuthorizer) => InboundAuthorizer
