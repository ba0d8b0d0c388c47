import type { McpConnection, Wait } from './mcp-connection.ts'
import type { CredentialUser } from './outbound-auth.ts'

/** What one call says besides its arguments. */
export interface CallExtras {
  readonly user: CredentialUser
  readonly headers: Readonly<Record<string, string>>
  readonly queryParameters: Readonly<Record<string, string>>
}

/** Takes a connection, for one call; `release` gives it back. */
export type Connect = (extras: CallExtras, wait: Wait) => Promise<BorrowedConnection>

export interface BorrowedConnection {
  readonly connection: McpConnection
  /** Whether others used it before, so that its session may be old. */
  readonly isReused: boolean
  /** Gives it back; `isLost` when it is of no use any more. */
  release(isLost: boolean): void
}
