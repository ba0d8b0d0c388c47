// Reads the tools of MCP servers in the background, and stores what became of it. A target that is
// being read when the host is killed is read again at the next start.
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { TargetId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Store } from '../store/store.ts'
import { SYNCHRONIZATION_RETRIES_MS, SYNCHRONIZATION_TIMEOUT_MS } from './compat.ts'
import { targetRow } from './gateway-rows.ts'
import type { GatewayTable } from './gateway-table.ts'
import type { McpServers } from './mcp-server/mcp-servers.ts'
import type { TargetRecord, TargetStatus } from './target-record.ts'
import type { Tool } from './tool.ts'
import { warnOfLongNames } from './tool-names.ts'

export interface Synchronizer extends AsyncDisposable {
  /** Begins to read the tools of a target that is CREATING, UPDATING or SYNCHRONIZING. */
  start(target: TargetRecord): void
  cancel(targetId: TargetId): void
}

export interface SynchronizerOptions {
  readonly table: GatewayTable
  readonly store: Store
  readonly mcpServers: McpServers
  readonly log: Log
  readonly now: () => Date
  /** How long to wait before each further attempt: a server that starts is slow at first. */
  readonly retriesMs?: readonly number[] | undefined
}

type Outcome =
  | { readonly kind: 'read'; readonly tools: readonly Tool[] }
  | { readonly kind: 'failed'; readonly reason: string }

/** What a target becomes when its server could not be read; it keeps the tools it had. */
const UNSUCCESSFUL: Partial<Record<TargetStatus, TargetStatus>> = {
  CREATING: 'FAILED',
  UPDATING: 'UPDATE_UNSUCCESSFUL',
  SYNCHRONIZING: 'SYNCHRONIZE_UNSUCCESSFUL',
}

export function createSynchronizer(options: SynchronizerOptions): Synchronizer {
  const { table, store, mcpServers, log, now } = options
  const { retriesMs = SYNCHRONIZATION_RETRIES_MS } = options
  const running = new Map<TargetId, { readonly abort: AbortController; done: Promise<void> }>()

  const read = async (target: TargetRecord, signal: AbortSignal): Promise<Outcome> => {
    const gateway = table.find(target.gatewayId)?.record
    if (gateway === undefined) throw new Error('The gateway is gone')
    const wait = { timeoutMs: SYNCHRONIZATION_TIMEOUT_MS, signal }
    for (const retryMs of [...retriesMs, undefined]) {
      try {
        const tools = await mcpServers.readTools(gateway, target.next ?? target, wait)
        return { kind: 'read', tools }
      } catch (error) {
        if (signal.aborted) throw error
        const { gatewayId, targetId } = target
        const cause = errorMessage(error)
        log.warn('The tools of an MCP server could not be read', { gatewayId, targetId, cause })
        // What the host itself refuses, it refuses again.
        const isFinal = retryMs === undefined || error instanceof HostError
        if (isFinal) return { kind: 'failed', reason: await describeReason(target, error) }
        await delay(retryMs, undefined, { signal, ref: false })
      }
    }
    throw new Error('The last attempt is final')
  }

  const settle = (target: TargetRecord, outcome: Outcome): Promise<void> =>
    table.change(async () => {
      const entry = table.find(target.gatewayId)
      // Deleted meanwhile, or the host stops: then nothing is to be said about it.
      if (entry?.targets.get(target.targetId) !== target) return
      const settled = settleTarget(target, outcome, now())
      await store.write([targetRow(settled)])
      if (settled.targetConfiguration !== target.targetConfiguration) {
        mcpServers.forget(target.targetId)
      }
      table.put({ ...entry, targets: new Map(entry.targets).set(settled.targetId, settled) })
      if (outcome.kind === 'read') warnOfLongNames(settled, log)
    })

  const run = async (target: TargetRecord, signal: AbortSignal): Promise<void> => {
    try {
      await settle(target, await read(target, signal))
    } catch (error) {
      if (signal.aborted) return // deleted, or stopping: the next start reads it again
      const { gatewayId, targetId } = target
      const cause = errorMessage(error)
      log.error('A synchronization could not be stored', { gatewayId, targetId, cause })
    }
  }

  return {
    start(target) {
      const abort = new AbortController()
      const job = { abort, done: run(target, abort.signal) }
      running.set(target.targetId, job)
      void job.done.finally(() => {
        if (running.get(target.targetId) === job) running.delete(target.targetId)
      })
    },
    cancel: (targetId) => running.get(targetId)?.abort.abort(),
    async [Symbol.asyncDispose]() {
      const jobs = [...running.values()]
      for (const { abort } of jobs) abort.abort()
      await Promise.all(jobs.map(({ done }) => done))
    },
  }
}

function settleTarget(settling: TargetRecord, outcome: Outcome, now: Date): TargetRecord {
  const { next, statusReasons: _, ...target } = settling
  if (outcome.kind === 'failed') {
    const status = UNSUCCESSFUL[target.status] ?? 'FAILED'
    return { ...target, status, statusReasons: [outcome.reason], updatedAt: now }
  }
  const { gatewayId, targetId, createdAt } = target
  const { name, description, targetConfiguration } = next ?? target
  const { credentialProviderConfigurations, metadataConfiguration } = next ?? target
  return {
    gatewayId,
    targetId,
    name,
    ...(description !== undefined && { description }),
    targetConfiguration,
    credentialProviderConfigurations,
    ...(metadataConfiguration && { metadataConfiguration }),
    tools: outcome.tools,
    status: 'READY',
    lastSynchronizedAt: now,
    createdAt,
    updatedAt: now,
  }
}

/** For the target's `statusReasons`: in our words, and without any of the server's. */
async function describeReason(target: TargetRecord, error: unknown): Promise<string> {
  const { mcpServer } = (target.next ?? target).targetConfiguration.mcp
  const { describeMcpError } = await import('./mcp-server/mcp-connection.ts')
  const failure = describeMcpError(error)
  const subject = `The tools of the MCP server ${mcpServer?.endpoint} could not be read`
  switch (failure.kind) {
    case 'broken':
      return `${subject}: ${failure.text}`
    case 'refused':
      return `${subject}: it answered with the JSON-RPC error ${failure.code}`
    case 'session-lost':
      return `${subject}: it answered with HTTP status 404`
    case 'timed-out':
      return `${subject}: no answer within ${SYNCHRONIZATION_TIMEOUT_MS / 1_000} seconds`
    case 'login-needed':
      return `${subject}: somebody has to log in first`
  }
}
