// What the control plane does with targets (bedrock-agentcore-control 2023-06-05). A Lambda target is
// usable as soon as it is stored. Of an MCP server the tools are read first, in the background; while
// they are, and when they cannot be read, a target goes on offering what it offered before.
import { HostError } from '../kernel/host-error.ts'
import { createTargetId, type TargetId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import { checkProviders } from './check-providers.ts'
import { defaultTargetName } from './compat.ts'
import { removal, targetRow } from './gateway-rows.ts'
import { MAX_TARGETS, type GatewayEntry, type GatewayTable } from './gateway-table.ts'
import type { McpServers } from './mcp-server/mcp-servers.ts'
import type { CredentialProviders } from './outbound-tokens.ts'
import { readTarget, type TargetInput } from './read-target.ts'
import { readToolDocument, type ObjectReader } from './read-tool-document.ts'
import type { Synchronizer } from './synchronizer.ts'
import { isBusy, isSynchronized, type TargetRecord } from './target-record.ts'
import { warnOfLongNames } from './tool-names.ts'

export type UnnamedTargetInput = Omit<TargetInput, 'name'> & { readonly name?: string | undefined }

export interface TargetOperations {
  getTarget(scope: Scope, gatewayId: string, targetId: string): TargetRecord
  /** In order of creation. */
  listTargets(scope: Scope, gatewayId: string): readonly TargetRecord[]
  createTarget(scope: Scope, gatewayId: string, input: UnnamedTargetInput): Promise<TargetRecord>
  /** Replaces everything that is configured; what is left out is cleared, but for the name. */
  updateTarget(
    scope: Scope,
    gatewayId: string,
    targetId: string,
    input: UnnamedTargetInput,
  ): Promise<TargetRecord>
  deleteTarget(scope: Scope, gatewayId: string, targetId: string): Promise<TargetRecord>
  /** Reads the tools of an MCP server again. */
  synchronizeTarget(scope: Scope, gatewayId: string, targetId: string): Promise<TargetRecord>
}

export interface TargetOperationsOptions {
  readonly table: GatewayTable
  readonly store: Store
  readonly objects: ObjectReader
  readonly providers: CredentialProviders
  readonly mcpServers: McpServers
  readonly synchronizer: Synchronizer
  readonly log: Log
  readonly now: () => Date
}

export function targetOperations(options: TargetOperationsOptions): TargetOperations {
  const { table, store, objects, providers, mcpServers, synchronizer, log, now } = options

  /** Everything that can be said about an input before it is anybody's turn. */
  const prepare = async (scope: Scope, input: TargetInput) => {
    const facts = readTarget(input)
    checkProviders(facts, scope, providers)
    if (facts.targetConfiguration.mcp.mcpServer) mcpServers.checkReachable(facts)
    const tools = await readToolDocument(facts, objects, scope)
    return { facts, ...(tools && { tools }) }
  }
  const save = async (entry: GatewayEntry, target: TargetRecord) => {
    await store.write([targetRow(target)])
    table.put({ ...entry, targets: new Map(entry.targets).set(target.targetId, target) })
    if (isBusy(target)) synchronizer.start(target)
    else warnOfLongNames(target, log)
    return target
  }

  return {
    getTarget: (scope, gatewayId, targetId) => findTarget(table.get(scope, gatewayId), targetId),
    listTargets: (scope, gatewayId) => [...table.get(scope, gatewayId).targets.values()],
    async createTarget(scope, gatewayId, input) {
      table.getChangeable(scope, gatewayId)
      const targetId = createTargetId()
      const name = input.name ?? defaultTargetName(targetId)
      const { facts, ...tools } = await prepare(scope, { ...input, name })
      return table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        checkName(entry, facts.name)
        checkRoom(entry)
        const createdAt = now()
        return save(entry, {
          gatewayId: entry.record.gatewayId,
          targetId,
          ...facts,
          ...tools,
          status: isSynchronized(facts.targetConfiguration) ? 'CREATING' : 'READY',
          createdAt,
          updatedAt: createdAt,
        })
      })
    },
    async updateTarget(scope, gatewayId, targetId, input) {
      const known = findTarget(table.getChangeable(scope, gatewayId), targetId)
      const name = input.name ?? known.name
      const { facts, ...tools } = await prepare(scope, { ...input, name })
      return table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const old = findTarget(entry, targetId)
        refuseBusy(old)
        checkName(entry, facts.name, old.targetId)
        const { statusReasons: _, next: __, ...rest } = old
        const updatedAt = now()
        if (isSynchronized(facts.targetConfiguration)) {
          return save(entry, { ...rest, status: 'UPDATING', next: facts, updatedAt })
        }
        mcpServers.forget(old.targetId)
        const { createdAt } = old
        const ids = { gatewayId: old.gatewayId, targetId: old.targetId }
        return save(entry, { ...ids, ...facts, ...tools, status: 'READY', createdAt, updatedAt })
      })
    },
    deleteTarget: (scope, gatewayId, targetId) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const target = findTarget(entry, targetId)
        await store.write([removal(targetRow(target))])
        const targets = new Map(entry.targets)
        targets.delete(target.targetId)
        table.put({ ...entry, targets })
        synchronizer.cancel(target.targetId)
        mcpServers.forget(target.targetId)
        return target
      }),
    synchronizeTarget: (scope, gatewayId, targetId) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const old = findTarget(entry, targetId)
        refuseBusy(old)
        if (!isSynchronized(old.targetConfiguration)) {
          const message = `Target ${targetId} cannot be synchronized: its tools are part of its configuration. Only MCP servers without mcpToolSchema are asked for theirs.`
          throw new HostError('ERR_INVALID_INPUT', message)
        }
        const { statusReasons: _, ...rest } = old
        return save(entry, { ...rest, status: 'SYNCHRONIZING', updatedAt: now() })
      }),
  }
}

function findTarget({ record, targets }: GatewayEntry, targetId: string): TargetRecord {
  const target = targets.get(targetId as TargetId)
  if (target) return target
  throw new HostError('ERR_NOT_FOUND', `Gateway ${record.gatewayId} has no target ${targetId}`)
}

function refuseBusy(target: TargetRecord): void {
  if (!isBusy(target)) return
  const message = `Target ${target.targetId} is ${target.status}; wait until that is over`
  throw new HostError('ERR_CONFLICT', message)
}

/** A name that a target is about to get is taken as well. */
function checkName({ targets }: GatewayEntry, name: string, targetId?: TargetId): void {
  for (const other of targets.values()) {
    if (other.targetId === targetId || (other.name !== name && other.next?.name !== name)) continue
    const message = `Target ${other.targetId} is named ${name} already; choose another name`
    throw new HostError('ERR_CONFLICT', message)
  }
}

function checkRoom({ record, targets }: GatewayEntry): void {
  if (targets.size < MAX_TARGETS) return
  const message = `Gateway ${record.gatewayId} has ${MAX_TARGETS} targets already; remove one first`
  throw new HostError('ERR_LIMIT_EXCEEDED', message)
}
