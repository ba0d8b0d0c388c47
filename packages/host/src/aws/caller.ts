import type { Scope } from '../kernel/scope.ts'

/** Who signed a request (Signature Version 4), and for which account and Region. */
export interface AwsCaller {
  readonly scope: Scope
  readonly accessKeyId: string
  /** `arn:aws:iam::{account}:root`, a user's, or `arn:aws:sts::{account}:assumed-role/{role}/{session}`. */
  readonly arn: string
  /** What GetCallerIdentity calls UserId. */
  readonly userId: string
}
