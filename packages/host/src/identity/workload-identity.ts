import type { Scope } from '../kernel/scope.ts'

/** The named identity of an agent, a gateway or a program, in the directory `default`. */
export interface WorkloadIdentity {
  readonly name: string
  readonly scope: Scope
  readonly workloadIdentityArn: string
  readonly allowedResourceOauth2ReturnUrls: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  /** Made by a user, or with an agent runtime or a gateway; then only its service gets tokens for it. */
  readonly madeBy: 'user' | 'service'
  /** Its service comes from the app file and makes it again at each start; what users set is kept. */
  readonly isRemade?: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
