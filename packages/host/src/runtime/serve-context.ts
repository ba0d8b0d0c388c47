import type { AwsAuthenticator } from '../aws/authenticate.ts'
import type { Log } from '../kernel/log.ts'
import type { RuntimeDirectory } from './find-runtime.ts'
import type { SessionTable } from './session-table.ts'
import type { SignedBodies } from './signed-bodies.ts'
import type { CallerTokens } from './caller-tokens.ts'

/** What serving a request needs. */
export interface ServeContext {
  readonly runtimes: RuntimeDirectory
  readonly sessions: SessionTable
  /** Undefined: nobody can prove anything by an AWS signature here. */
  readonly aws: Pick<AwsAuthenticator, 'claim'> | undefined
  readonly signedBodies: SignedBodies
  readonly callerTokens: CallerTokens
  readonly log: Log
}
