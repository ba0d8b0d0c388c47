import type { Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import type { TargetId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { describeProtectedResource } from '../oauth/protected-resource.ts'
import { createCatalogue, SEPARATOR, type Catalogue } from './catalogue.ts'
import type { GatewayInput } from './check-gateway-input.ts'
import { createGatewayRecord } from './create-gateway-record.ts'
import { createServedGateway, type ServingOptions } from './create-served-gateway.ts'
import { createTargetRecord } from './create-target-record.ts'
import type { GatewayRecord, TargetRecord } from './gateway-record.ts'
import type { TargetInput } from './read-target-configuration.ts'
import { refuseUnadmitted, refuseUnknownGateway, serve } from './serve.ts'
import type { GatewayRequest, ServedGateway } from './served-gateway.ts'

export interface GatewaysOptions extends ServingOptions {
  readonly now?: () => Date
}

/** The gateways of one host, in memory. Requests under way are not touched by any change. */
export interface Gateways {
  /** A new gateway; or another configuration of the one whose id is given, with the same targets. */
  createGateway(input: GatewayInput): GatewayRecord
  /** Removes a gateway and its targets. */
  removeGateway(gatewayId: string): void
  /**
   * A gateway and all of its targets, to take the place of what has its id: everything is checked now,
   * nothing changes before `commit`.
   */
  prepareGateway(input: GatewayInput, targets: readonly TargetInput[]): PreparedGateway
  /** Adds a target, or replaces the one of this id or name. */
  putTarget(gatewayId: string, input: TargetInput): TargetRecord
  removeTarget(gatewayId: string, targetId: string): void
  findGateway(gatewayId: string): GatewayRecord | undefined
  /** In order of creation. */
  listTargets(gatewayId: string): readonly TargetRecord[]
  /** One request on the gateway's MCP URL; never rejects. */
  serve(gatewayId: string, inbound: GatewayRequest): Promise<Answer>
  /** Why a request may not be served, whatever its body says; asked before the body is read. */
  refuse(
    gatewayId: string,
    inbound: GatewayRequest,
  ): Promise<Answer | undefined> | Answer | undefined
  /** The public metadata document of RFC 9728; undefined when nobody needs a token. */
  describeResource(gatewayId: string, about: { readonly resource: string }): object | undefined
}

/** A gateway that has been checked whole and is not served yet. */
export interface PreparedGateway {
  readonly record: GatewayRecord
  /** From here on callers see it; calls under way keep the old one. */
  commit(): void
}

interface Entry {
  readonly served: ServedGateway
  readonly targets: ReadonlyMap<TargetId, TargetRecord>
}

/** AgentCore quotas: gateways per account. */
const MAX_GATEWAYS = 1_000

/** Model vendors cap the names of tools; a longer one works with some models only. */
const PORTABLE_NAME_LENGTH = 64

/** An empty set of gateways, which calls functions through `functions`. */
export function createGateways(options: GatewaysOptions): Gateways {
  const { log, now = () => new Date() } = options
  const entries = new Map<string, Entry>()

  const getEntry = (gatewayId: string): Entry => {
    const entry = entries.get(gatewayId)
    if (entry) return entry
    throw new HostError('ERR_NOT_FOUND', `There is no gateway ${gatewayId}`)
  }
  const setTargets = (gatewayId: string, targets: Entry['targets']): Catalogue => {
    const catalogue = createCatalogue(targets.values())
    entries.set(gatewayId, { served: { ...getEntry(gatewayId).served, catalogue }, targets })
    return catalogue
  }

  return {
    createGateway(input) {
      const old = input.gatewayId === undefined ? undefined : entries.get(input.gatewayId)
      const record = createGatewayRecord(input, now(), old?.served.record)
      refuseTaken(record, entries)
      const served = createServedGateway(record, old?.served, options)
      entries.set(record.gatewayId, { served, targets: old?.targets ?? new Map() })
      return record
    },
    prepareGateway(input, targetInputs) {
      const old = input.gatewayId === undefined ? undefined : entries.get(input.gatewayId)
      const record = createGatewayRecord(input, now(), old?.served.record)
      refuseTaken(record, entries)
      const kept = new Set(targetInputs.map(({ targetId }) => targetId))
      const targets = new Map([...(old?.targets ?? [])].filter(([id]) => kept.has(id)))
      for (const each of targetInputs) {
        const around = { gatewayId: record.gatewayId, targets, now: now() }
        const target = createTargetRecord(each, around)
        targets.set(target.targetId, target)
      }
      const catalogue = createCatalogue(targets.values())
      const served = { ...createServedGateway(record, old?.served, options), catalogue }
      return {
        record,
        commit() {
          entries.set(record.gatewayId, { served, targets })
          for (const target of targets.values()) warnOfLongNames(catalogue, target, log)
        },
      }
    },
    removeGateway(gatewayId) {
      getEntry(gatewayId)
      entries.delete(gatewayId)
    },
    putTarget(gatewayId, input) {
      const { served, targets } = getEntry(gatewayId)
      const around = { gatewayId: served.record.gatewayId, targets, now: now() }
      const target = createTargetRecord(input, around)
      const catalogue = setTargets(gatewayId, new Map(targets).set(target.targetId, target))
      warnOfLongNames(catalogue, target, log)
      return target
    },
    removeTarget(gatewayId, targetId) {
      const targets = new Map(getEntry(gatewayId).targets)
      if (!targets.delete(targetId as TargetId)) {
        throw new HostError('ERR_NOT_FOUND', `Gateway ${gatewayId} has no target ${targetId}`)
      }
      setTargets(gatewayId, targets)
    },
    findGateway: (gatewayId) => entries.get(gatewayId)?.served.record,
    listTargets: (gatewayId) => [...getEntry(gatewayId).targets.values()],
    serve(gatewayId, inbound) {
      const entry = entries.get(gatewayId)
      return entry ? serve(entry.served, inbound) : Promise.resolve(refuseUnknownGateway(gatewayId))
    },
    refuse(gatewayId, inbound) {
      const entry = entries.get(gatewayId)
      if (entry === undefined) return refuseUnknownGateway(gatewayId)
      return entry.served.authorizer && refuseUnadmitted(entry.served, inbound)
    },
    describeResource(gatewayId, { resource }) {
      const authorizer = entries.get(gatewayId)?.served.authorizer
      if (authorizer === undefined) return undefined
      const authorizationServers = authorizer.authorizationServers()
      return describeProtectedResource({
        resource,
        authorizationServers,
        scopes: authorizer.scopes,
      })
    },
  }
}

function refuseTaken({ gatewayId, name }: GatewayRecord, entries: Map<string, Entry>): void {
  if (entries.size >= MAX_GATEWAYS && !entries.has(gatewayId)) {
    throw new HostError('ERR_LIMIT_EXCEEDED', `There are ${MAX_GATEWAYS} gateways already`)
  }
  for (const { served } of entries.values()) {
    const { record } = served
    if (record.name !== name || record.gatewayId === gatewayId) continue
    const message = `Gateway ${record.gatewayId} is named ${name} already; choose another name`
    throw new HostError('ERR_CONFLICT', message)
  }
}

function warnOfLongNames({ tools }: Catalogue, { gatewayId, name }: TargetRecord, log: Log): void {
  for (const tool of tools.keys()) {
    if (tool.length <= PORTABLE_NAME_LENGTH || !tool.startsWith(name + SEPARATOR)) continue
    const message = `A tool has a name of more than ${PORTABLE_NAME_LENGTH} characters, which some models refuse`
    log.warn(message, { gatewayId, tool })
  }
}
