// The MCP servers behind a host's gateways: their tools are read and called. A connection is made at
// the first call of a target and shared by its callers, unless each of them shows something of his
// own (a token, a header that the target lets through): then each call has a connection to itself.
import { literalAddress, refuseAddress } from '../../http/address-guard.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { TargetId } from '../../kernel/ids.ts'
import type { Log } from '../../kernel/log.ts'
import { SYNCHRONIZATION_TIMEOUT_MS } from '../compat.ts'
import type { GatewayRecord } from '../gateway-record.ts'
import type { CallLimits } from '../lambda-tool-invoker.ts'
import { checkMcpTools, describeMcpTool } from '../mcp-tools.ts'
import type { OutboundTokens } from '../outbound-tokens.ts'
import { refuseProblems, type Problem } from '../problems.ts'
import type { McpServerTarget, TargetFacts, TargetRecord } from '../target-record.ts'
import type { Tool } from '../tool.ts'
import { checkToolNames } from '../tool-names.ts'
import type { ToolInvoker } from '../tool-invoker.ts'
import { callMcpTool } from './call-mcp-tool.ts'
import type { McpConnection, Send, Wait } from './mcp-connection.ts'
import { createOutboundAuth } from './outbound-auth.ts'
import type { BorrowedConnection, CallExtras, Connect } from './borrowed-connection.ts'
import type { CredentialUse } from './outbound-auth.ts'
import { createRemoteFetch } from './remote-fetch.ts'
import type { RequestSigner } from './request-signer.ts'

export interface McpServers extends AsyncDisposable {
  /** Refuses a server that this host would never call, before there is a target. */
  checkReachable(facts: TargetFacts): void
  /** The tools of a server, checked. */
  readTools(gateway: GatewayRecord, facts: TargetFacts, wait: Wait): Promise<readonly Tool[]>
  invokerFor(gateway: GatewayRecord, target: TargetRecord, tool: Tool): ToolInvoker
  /** Closes the connection of a target, once nobody is using it. */
  forget(targetId: TargetId): void
}

export interface McpServersOptions {
  readonly outbound: OutboundTokens
  readonly signer: RequestSigner
  /** Where an address that AWS would form is served here; the address itself when it is not. */
  readonly rewriteUrl: (url: string) => string
  readonly allowLoopback: boolean
  readonly limits: CallLimits
  readonly log: Log
}

interface SharedConnection {
  readonly target: McpServerTarget
  readonly opening: Promise<McpConnection>
  users: number
  isForgotten: boolean
}

/** AgentCore quotas: a schema that is not inline. All answers together, while tools are read. */
const MAX_LIST_BYTES = 10 * 1024 * 1024

/** How long a server may take to greet; a call may take longer. */
const CONNECT_MS = SYNCHRONIZATION_TIMEOUT_MS

export function createMcpServers(options: McpServersOptions): McpServers {
  const { rewriteUrl, allowLoopback, limits, log } = options
  const remote = createRemoteFetch()
  const shared = new Map<TargetId, SharedConnection>()
  const stopping = new AbortController()

  /** Connects to a server with the credentials of a target. */
  const open = async (
    gateway: GatewayRecord,
    facts: TargetFacts,
    extras: CallExtras,
    { wait, maxBytes }: { readonly wait: Wait; readonly maxBytes: () => ByteBudget },
  ): Promise<McpConnection> => {
    const { endpoint } = getServer(facts)
    const auth = createOutboundAuth(gateway, facts, options)
    const url = new URL(rewriteUrl(endpoint))
    const allowLocal = allowLoopback || url.href !== new URL(endpoint).href
    for (const [name, value] of Object.entries(extras.queryParameters)) {
      url.searchParams.set(name, value)
    }
    const send: Send = async (asked, signal) => {
      const request = { ...asked, headers: { ...asked.headers, ...extras.headers } }
      const attempt = async (forceNew: boolean) => {
        const use: CredentialUse = { user: extras.user, forceNew }
        const count = maxBytes()
        return remote.send(await auth.authorize(request, use), { allowLocal, count, signal })
      }
      const response = await attempt(false)
      if (response.status !== 401 || !auth.isRenewable) return response
      await response.body?.cancel()
      return attempt(true)
    }
    const { connectMcp } = await import('./mcp-connection.ts')
    return connectMcp(url, send, wait)
  }

  const close = (connection: SharedConnection): Promise<void> =>
    connection.opening.then(
      (it) => it.close(),
      () => {}, // what never opened need not be closed
    )
  const discard = (targetId: TargetId, connection: SharedConnection): void => {
    if (shared.get(targetId) === connection) shared.delete(targetId)
    connection.isForgotten = true
    if (connection.users === 0) void close(connection)
  }

  const borrowShared = async (
    gateway: GatewayRecord,
    record: TargetRecord,
    extras: CallExtras,
    wait: Wait,
  ): Promise<BorrowedConnection> => {
    const { targetId } = record
    const target = getServer(record)
    let known = shared.get(targetId)
    if (known && known.target !== target) {
      discard(targetId, known)
      known = undefined
    }
    const isReused = known !== undefined
    // What one caller's going away would end, the others are still waiting for.
    const lasting = { timeoutMs: Math.min(wait.timeoutMs, CONNECT_MS), signal: stopping.signal }
    const connection: SharedConnection = known ?? {
      target,
      opening: open(gateway, record, extras, {
        wait: lasting,
        maxBytes: () => byteBudget(limits.maxPayloadBytes),
      }),
      users: 0,
      isForgotten: false,
    }
    shared.set(targetId, connection)
    connection.users += 1
    const release = (isLost: boolean) => {
      connection.users -= 1
      if (isLost || connection.isForgotten) discard(targetId, connection)
    }
    try {
      return { connection: await connection.opening, isReused, release }
    } catch (error) {
      release(true)
      throw error
    }
  }

  const borrowOwn = async (
    gateway: GatewayRecord,
    record: TargetRecord,
    extras: CallExtras,
    wait: Wait,
  ): Promise<BorrowedConnection> => {
    const maxBytes = () => byteBudget(limits.maxPayloadBytes)
    const timeoutMs = Math.min(wait.timeoutMs, CONNECT_MS)
    const limit = { timeoutMs, signal: wait.signal }
    const connection = await open(gateway, record, extras, { wait: limit, maxBytes })
    return { connection, isReused: false, release: () => void connection.close().catch(() => {}) }
  }

  return {
    checkReachable(facts) {
      const { endpoint } = getServer(facts)
      const [credentials] = facts.credentialProviderConfigurations
      const isSigned = credentials?.credentialProviderType === 'GATEWAY_IAM_ROLE'
      if (isSigned && !options.signer.canSign(new URL(rewriteUrl(endpoint)))) {
        const message = `The MCP server ${endpoint} is refused: the keys of a gateway's role are good on this host alone; use an API_KEY or OAUTH credential provider`
        throw new HostError('ERR_NOT_SUPPORTED', message)
      }
      const url = new URL(endpoint)
      if (rewriteUrl(endpoint) !== endpoint) return
      const address = literalAddress(url) ?? (isLoopbackName(url) ? '127.0.0.1' : undefined)
      const isPlain = url.protocol === 'http:'
      const rules = { isPlain, allowLocal: allowLoopback }
      const reason = address === undefined ? refuseName(rules) : refuseAddress(address, rules)
      if (reason === undefined) return
      throw new HostError('ERR_INVALID_INPUT', `The MCP server ${endpoint} is refused: ${reason}`)
    },
    async readTools(gateway, facts, wait) {
      const budget = byteBudget(MAX_LIST_BYTES)
      const extras: CallExtras = { user: { kind: 'gateway' }, headers: {}, queryParameters: {} }
      const connection = await open(gateway, facts, extras, { wait, maxBytes: () => budget })
      try {
        return readMcpTools(facts.name, await connection.listTools(wait))
      } finally {
        await connection.close()
      }
    },
    invokerFor(gateway, target, tool) {
      const { endpoint } = getServer(target)
      const auth = createOutboundAuth(gateway, target, options)
      const isOwn = auth.isPersonal || target.metadataConfiguration !== undefined
      const borrow = isOwn ? borrowOwn : borrowShared
      const connect: Connect = (extras, wait) => borrow(gateway, target, extras, wait)
      return {
        about: { endpoint },
        callTool: (call, args) =>
          callMcpTool(call, args, { target, tool, endpoint, connect, limits }),
      }
    },
    forget(targetId) {
      const known = shared.get(targetId)
      if (known) discard(targetId, known)
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      const open = [...shared.values()]
      shared.clear()
      await Promise.all(open.map(close))
      remote[Symbol.dispose]()
      if (open.length > 0) log.info('Closed the connections to MCP servers', { count: open.length })
    },
  }
}

type ByteBudget = (bytes: number) => void

/** Counts what is read, and ends it when it is too much. */
function byteBudget(maxBytes: number): ByteBudget {
  let left = maxBytes
  return (bytes) => {
    left -= bytes
    if (left >= 0) return
    throw new HostError('ERR_TARGET_FAILED', `it answered with more than ${maxBytes} bytes`)
  }
}

function getServer({ targetConfiguration }: TargetFacts): McpServerTarget {
  const { mcpServer } = targetConfiguration.mcp
  if (mcpServer) return mcpServer
  throw new Error('The target is no MCP server')
}

function readMcpTools(targetName: string, listed: readonly unknown[]): readonly Tool[] {
  const problems: Problem[] = []
  checkMcpTools(listed, '/tools', problems)
  refuseProblems('The list of tools', problems)
  const tools = (listed as readonly Tool[]).map(describeMcpTool)
  checkToolNames(targetName, tools, '/tools', problems)
  refuseProblems('The list of tools', problems)
  return tools
}

function isLoopbackName({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** Where a name leads is seen when it is called; without TLS it must lead to somewhere local. */
function refuseName({ isPlain, allowLocal }: { isPlain: boolean; allowLocal: boolean }) {
  return isPlain && !allowLocal ? 'the address is not an https URL' : undefined
}
