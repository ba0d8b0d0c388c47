// The token that names a workload and its user. It is sealed, so that it is opaque to its holder, works
// after a restart, and carries the user's own token to where it may be exchanged. Nobody else can read
// it, and it does not look like a user's token: it has two parts.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import { WORKLOAD_ACCESS_TOKEN_LIFETIME_MS } from './compat.ts'
import type { WorkloadUser } from './workload-user.ts'

export interface WorkloadAccess {
  readonly scope: Scope
  readonly workloadName: string
  readonly user: WorkloadUser
}

interface TokenContent extends WorkloadAccess {
  readonly expiresAtMs: number
}

const CONTEXT = 'workload-access-token'

export function formatWorkloadAccessToken(
  { scope, workloadName, user }: WorkloadAccess,
  sealer: Sealer,
  nowMs: number,
): string {
  const expiresAtMs = nowMs + WORKLOAD_ACCESS_TOKEN_LIFETIME_MS
  const content: TokenContent = { scope, workloadName, user, expiresAtMs }
  return sealer.seal(JSON.stringify(content), CONTEXT)
}

export function readWorkloadAccessToken(
  token: string,
  sealer: Sealer,
  nowMs: number,
): WorkloadAccess {
  const content = openContent(token, sealer)
  if (content.expiresAtMs > nowMs) return content
  throw new HostError('ERR_UNAUTHENTICATED', 'The workload access token has expired')
}

function openContent(token: string, sealer: Sealer): TokenContent {
  try {
    return JSON.parse(sealer.open(token, CONTEXT)) as TokenContent
  } catch (cause) {
    const message = 'The workload access token is not valid'
    throw new HostError('ERR_UNAUTHENTICATED', message, { cause })
  }
}
