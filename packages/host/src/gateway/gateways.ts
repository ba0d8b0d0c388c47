// The gateways of one host. What API callers make is stored and comes back after a restart; what an
// app file describes is held in memory and described again at each start.
import type { AwsAuthenticator } from '../aws/authenticate.ts'
import type { Answer } from '../http/exchange.ts'
import type { Log } from '../kernel/log.ts'
import { once } from '../kernel/once.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { describeProtectedResource } from '../oauth/protected-resource.ts'
import type { Store } from '../store/store.ts'
import { appGateways, type AppGateways } from './app-gateways.ts'
import { mcpPath } from './compat.ts'
import { createServedGateway } from './create-served-gateway.ts'
import type { FunctionInvoker } from './function-invoker.ts'
import type { GatewayControl } from './gateway-control.ts'
import type { GatewayRecord } from './gateway-record.ts'
import { readGatewayRows } from './gateway-rows.ts'
import { createGatewayTable, fillGatewayTable } from './gateway-table.ts'
import type { LinkedIdentities } from './linked-identities.ts'
import type { RequestSigner } from './mcp-server/request-signer.ts'
import type { CredentialProviders, OutboundTokens } from './outbound-tokens.ts'
import type { ObjectReader } from './read-tool-document.ts'
import { refuseUnadmitted, refuseUnknownGateway, serve } from './serve.ts'
import type { GatewayRequest } from './inbound-call.ts'
import { isBusy } from './target-record.ts'

export interface GatewaysOptions {
  readonly store: Store
  readonly functions: FunctionInvoker
  /** Shared between those that trust the same issuer, with the tokens that were verified. */
  readonly authorizerFor: (config: CustomJwtAuthorizer) => JwtAuthorizer
  readonly aws: AwsAuthenticator
  readonly identities: LinkedIdentities
  readonly outbound: OutboundTokens
  readonly providers: CredentialProviders
  readonly objects: ObjectReader
  readonly log: Log
  /** Scheme and authority under which the host is reached; asked for when a gateway is described. */
  readonly baseUrl: () => string
  /** Where an address that AWS would form is served here; the address itself when it is not. */
  readonly rewriteUrl?: (url: string) => string
  readonly signer: RequestSigner
  /** Whether MCP servers may be on this machine and in its network, also without TLS. */
  readonly allowLoopback?: boolean
  readonly now?: () => Date
  readonly maxPayloadBytes?: number
  /** How long a tool call may take; the function's own limit is usually shorter. */
  readonly timeoutMs?: number
  /** How long to wait before an MCP server is asked for its tools again. */
  readonly synchronizationRetriesMs?: readonly number[]
}

export interface Gateways extends AppGateways, AsyncDisposable {
  /** What API callers can do, loaded when the first of them comes. */
  control(): Promise<GatewayControl>
  has(gatewayId: string): boolean
  /** Where clients reach a gateway. */
  gatewayUrl(record: GatewayRecord): string
  hasResource(gatewayArn: string): boolean
  readTags(gatewayArn: string): Readonly<Record<string, string>>
  writeTags(gatewayArn: string, tags: Readonly<Record<string, string>>): Promise<void>
  readPolicy(gatewayArn: string): string | undefined
  writePolicy(gatewayArn: string, policy: string | undefined): Promise<void>
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

/** AgentCore quotas: payload of a request and of a response, invocation time. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024
const MAX_CALL_MS = 15 * 60_000

/** The gateways that the store holds. What was under way when the host stopped goes on. */
export async function openGateways(options: GatewaysOptions): Promise<Gateways> {
  const { store, log, identities, now = () => new Date() } = options
  const limits = {
    timeoutMs: options.timeoutMs ?? MAX_CALL_MS,
    maxPayloadBytes: options.maxPayloadBytes ?? MAX_PAYLOAD_BYTES,
  }
  // What most hosts never need is loaded when somebody needs it.
  const mcpServers = once(async () => {
    const { createMcpServers } = await import('./mcp-server/mcp-servers.ts')
    return createMcpServers({
      outbound: options.outbound,
      signer: options.signer,
      rewriteUrl: options.rewriteUrl ?? ((url) => url),
      allowLoopback: options.allowLoopback ?? false,
      limits,
      log,
    })
  })
  const serving = { ...options, mcpServers, limits }
  const table = createGatewayTable({
    serve: (state, limiter) => createServedGateway(state, limiter, serving),
    nowMs: () => now().getTime(),
  })
  const control = once(async () => {
    const { createGatewayControl } = await import('./gateway-control.ts')
    return createGatewayControl({ ...options, table, now, mcpServers: await mcpServers() })
  })
  const rows = await readGatewayRows(store)
  fillGatewayTable(table, rows)
  const unfinished = rows.targets.filter(isBusy)
  if (unfinished.length > 0) (await control()).resume(unfinished)

  const gatewayUrl = ({ gatewayId, protocolType }: GatewayRecord) =>
    `${options.baseUrl()}/gateway/${gatewayId}${mcpPath(protocolType)}`
  return {
    ...appGateways({ table, identities, gatewayUrl, log, now }),
    control,
    has: (gatewayId) => table.find(gatewayId) !== undefined,
    gatewayUrl,
    hasResource: (arn) => table.findByArn(arn) !== undefined,
    readTags: (arn) => table.getByArn(arn).record.tags,
    writeTags: async (arn, tags) => (await control()).writeTags(arn, tags),
    readPolicy: (arn) => table.getByArn(arn).record.resourcePolicy,
    writePolicy: async (arn, policy) => (await control()).writePolicy(arn, policy),
    serve(gatewayId, inbound) {
      const entry = table.find(gatewayId)
      return entry
        ? serve(entry.served(), inbound)
        : Promise.resolve(refuseUnknownGateway(gatewayId))
    },
    refuse(gatewayId, inbound) {
      const entry = table.find(gatewayId)
      if (entry === undefined) return refuseUnknownGateway(gatewayId)
      const served = entry.served()
      return served.admission && refuseUnadmitted(served, inbound)
    },
    describeResource(gatewayId, { resource }) {
      const authorizer = table.find(gatewayId)?.served().admission?.authorizer
      if (authorizer === undefined) return undefined
      const authorizationServers = authorizer.authorizationServers()
      return describeProtectedResource({
        resource,
        authorizationServers,
        scopes: authorizer.scopes,
      })
    },
    async [Symbol.asyncDispose]() {
      if (control.isBegun()) await (await control())[Symbol.asyncDispose]()
      if (mcpServers.isBegun()) await (await mcpServers())[Symbol.asyncDispose]()
    },
  }
}
