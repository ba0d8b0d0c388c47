// What the control plane does with gateways (bedrock-agentcore-control 2023-06-05). A gateway is usable
// as soon as it is stored; nothing about it is checked with AWS.
import { readResourcePolicy } from '../aws/resource-policy.ts'
import { HostError } from '../kernel/host-error.ts'
import { createGatewayId } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import type { GatewayInput } from './check-gateway-input.ts'
import { createGatewayRecord } from './create-gateway-record.ts'
import type { GatewayRecord } from './gateway-record.ts'
import { gatewayRow, rateLimitRow, removal } from './gateway-rows.ts'
import { refuseAppOwned, type GatewayTable } from './gateway-table.ts'
import type { LinkedIdentities } from './linked-identities.ts'

/** A gateway as an API caller asks for it: the rules for tokens are still to be read. */
export type UnreadGatewayInput = Omit<GatewayInput, 'authorizerConfiguration'> & {
  readonly authorizerConfiguration?: { readonly customJWTAuthorizer?: unknown } | undefined
}

export interface GatewayOperations {
  getGateway(scope: Scope, gatewayId: string): GatewayRecord
  /** In order of creation. */
  listGateways(scope: Scope): readonly GatewayRecord[]
  createGateway(scope: Scope, input: UnreadGatewayInput): Promise<GatewayRecord>
  /** Replaces everything that is configured; what is left out is cleared. */
  updateGateway(scope: Scope, gatewayId: string, input: UnreadGatewayInput): Promise<GatewayRecord>
  /** Refused while there are targets. */
  deleteGateway(scope: Scope, gatewayId: string): Promise<GatewayRecord>
  writeTags(gatewayArn: string, tags: Readonly<Record<string, string>>): Promise<void>
  /** Replaces or, without one, removes it. */
  writePolicy(gatewayArn: string, policy: string | undefined): Promise<void>
}

export interface GatewayOperationsOptions {
  readonly table: GatewayTable
  readonly store: Store
  readonly identities: LinkedIdentities
  readonly now: () => Date
}

export function gatewayOperations(options: GatewayOperationsOptions): GatewayOperations {
  const { table, store, identities, now } = options
  /** Changes what is no part of a gateway's configuration. */
  const annotate = (gatewayArn: string, change: (record: GatewayRecord) => GatewayRecord) =>
    table.change(async () => {
      const entry = table.getByArn(gatewayArn)
      refuseAppOwned(entry.record)
      const record = change(entry.record)
      await store.write([gatewayRow(record)])
      table.put({ ...entry, record })
    })
  return {
    getGateway: (scope, gatewayId) => table.get(scope, gatewayId).record,
    listGateways: (scope) => table.list(scope).map(({ record }) => record),
    async createGateway(scope, unread) {
      const input = await readInput(unread)
      return table.change(async () => {
        table.checkRoom(scope, input.name)
        const gatewayId = createGatewayId(input.name)
        const createdAt = now()
        const identity = identities.describe(scope, gatewayId, createdAt.getTime())
        const record = createGatewayRecord(input, {
          origin: 'api',
          scope,
          gatewayId,
          workloadIdentityArn: identity.workloadIdentityArn,
          now: createdAt,
          old: undefined,
        })
        await store.write([gatewayRow(record), ...identity.created])
        table.put({ record, targets: new Map(), rateLimits: new Map() })
        identity.commit()
        return record
      })
    },
    async updateGateway(scope, gatewayId, unread) {
      const input = await readInput(unread)
      return table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const { record: old } = entry
        table.checkRoom(scope, input.name, gatewayId)
        const { workloadIdentityArn } = old
        const around = { ...old, workloadIdentityArn, now: now(), old }
        const record = createGatewayRecord(keepSearchType(input, old), around)
        await store.write([gatewayRow(record)])
        table.put({ ...entry, record })
        return record
      })
    },
    deleteGateway: (scope, gatewayId) =>
      table.change(async () => {
        const { record, targets, rateLimits } = table.getChangeable(scope, gatewayId)
        if (targets.size > 0) {
          const message = `Gateway ${gatewayId} has targets associated with it. Delete all targets before deleting the gateway.`
          throw new HostError('ERR_CONFLICT', message)
        }
        const identity = identities.describe(scope, gatewayId, now().getTime())
        const rows = [gatewayRow(record), ...[...rateLimits.values()].map(rateLimitRow)]
        await store.write([...rows.map(removal), ...identity.removed])
        table.remove(gatewayId)
        identity.uncommit()
        return record
      }),
    writeTags: (gatewayArn, tags) =>
      annotate(gatewayArn, (record) => ({ ...record, tags: { ...tags } })),
    async writePolicy(gatewayArn, policy) {
      if (policy !== undefined) readResourcePolicy(policy)
      await annotate(gatewayArn, (old) => {
        const { resourcePolicy: _, ...record } = old
        return policy === undefined ? record : { ...record, resourcePolicy: policy }
      })
    },
  }
}

/** Loads what reads token rules with the first gateway that has some. */
async function readInput(unread: UnreadGatewayInput): Promise<GatewayInput> {
  const { authorizerConfiguration, ...input } = unread
  if (authorizerConfiguration === undefined) return input
  const { readCustomJwtAuthorizer } = await import('../oauth/read-custom-jwt-authorizer.ts')
  const customJWTAuthorizer = readCustomJwtAuthorizer(authorizerConfiguration.customJWTAuthorizer)
  return { ...input, authorizerConfiguration: { customJWTAuthorizer } }
}

/** How tools are searched is chosen when a gateway is created, and never again. */
function keepSearchType(input: GatewayInput, old: GatewayRecord): GatewayInput {
  const { searchType } = old.protocolConfiguration.mcp
  const mcp = input.protocolConfiguration?.mcp
  if (mcp?.searchType !== undefined && searchType === undefined) {
    const message = 'searchType can be chosen only when a gateway is created'
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  return { ...input, protocolConfiguration: { mcp: { ...mcp, searchType } } }
}
