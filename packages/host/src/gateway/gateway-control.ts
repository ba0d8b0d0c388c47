// The control plane of the gateways: what API callers do with them, and what that sets going.
import type { Log } from '../kernel/log.ts'
import type { Store } from '../store/store.ts'
import { gatewayOperations, type GatewayOperations } from './gateway-operations.ts'
import type { GatewayTable } from './gateway-table.ts'
import type { LinkedIdentities } from './linked-identities.ts'
import type { McpServers } from './mcp-server/mcp-servers.ts'
import type { CredentialProviders } from './outbound-tokens.ts'
import { rateLimitOperations, type RateLimitOperations } from './rate-limit-operations.ts'
import type { ObjectReader } from './read-tool-document.ts'
import { createSynchronizer } from './synchronizer.ts'
import { targetOperations, type TargetOperations } from './target-operations.ts'
import type { TargetRecord } from './target-record.ts'

export interface GatewayControl
  extends GatewayOperations, TargetOperations, RateLimitOperations, AsyncDisposable {
  /** Goes on with what was under way when the host stopped. */
  resume(unfinished: readonly TargetRecord[]): void
}

export interface GatewayControlOptions {
  readonly table: GatewayTable
  readonly store: Store
  readonly identities: LinkedIdentities
  readonly objects: ObjectReader
  readonly providers: CredentialProviders
  readonly mcpServers: McpServers
  readonly log: Log
  readonly now: () => Date
  readonly synchronizationRetriesMs?: readonly number[]
}

export function createGatewayControl(options: GatewayControlOptions): GatewayControl {
  const retriesMs = options.synchronizationRetriesMs
  const synchronizer = createSynchronizer({ ...options, retriesMs })
  return {
    ...gatewayOperations(options),
    ...targetOperations({ ...options, synchronizer }),
    ...rateLimitOperations(options),
    resume(unfinished) {
      for (const target of unfinished) synchronizer.start(target)
    },
    [Symbol.asyncDispose]: () => synchronizer[Symbol.asyncDispose](),
  }
}
