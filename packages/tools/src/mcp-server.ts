// The Runtime hull's MCP server without its socket: one POST body in, one answer out.
//
// Stateless, as AgentCore Runtime wants it, for both eras on one URL: every request is served on its
// own, whatever came before it and whatever `Mcp-Session-Id` the platform adds.
// Not there: sampling, elicitation, resources, prompts, subscriptions; their methods are unknown.
import type { ToolServer } from './define-server.ts'
import { McpToolContext, type Surroundings } from './mcp-context.ts'
import { describeForMcp, type ServedTool } from './mcp-tools.ts'
import {
  confirmParamHeaders,
  ErrorCode,
  formatError,
  formatRefusal,
  formatResult,
  formatResultBody,
  isModernRevision,
  ProtocolRefusal,
  readInbound,
  REVISIONS,
  wrapResult,
  type Era,
  type InboundRules,
  type RequestMessage,
  type ServerInfo,
} from './protocol/index.ts'
import { InvalidArguments } from './tool-errors.ts'
import { describeFailure, describeResult, type CallToolResult } from './tool-result.ts'

export interface McpAnswer {
  readonly status: number
  /** A JSON-RPC response; absent when a message was only accepted. */
  readonly json?: string
}

export interface McpServer {
  /** Answers one message. Never rejects: what goes wrong is an answer too. */
  answer(body: string, surroundings: Surroundings): Promise<McpAnswer>
}

interface Served {
  readonly server: ToolServer
  readonly info: ServerInfo
  readonly tools: ReadonlyMap<string, ServedTool>
  /** `tools/list` is the same for everybody; only its two eras differ. */
  readonly lists: Readonly<Record<Era, string>>
}

type Method = (
  served: Served,
  request: RequestMessage,
  surroundings: Surroundings,
) => string | Promise<string>

const METHODS: Readonly<Record<string, Method>> = {
  initialize: answerInitialize,
  ping: (served, request) => formatResult(request, {}, served.info),
  'server/discover': answerDiscover,
  'tools/list': answerList,
  'tools/call': answerCall,
}

const RULES: InboundRules = { revisions: REVISIONS, methods: new Set(Object.keys(METHODS)) }
const ACCEPTED: McpAnswer = { status: 202 }

/** Works out once what the server's answers need; reports schemas that cannot be served. */
export function createMcpServer(server: ToolServer): McpServer {
  const info = { name: server.name, version: server.version }
  const tools = describeForMcp(server.tools)
  const list = { tools: [...tools.values()].map(({ description }) => description) }
  const lists = {
    modern: formatResultBody({ era: 'modern', method: 'tools/list' }, list, info),
    legacy: formatResultBody({ era: 'legacy', method: 'tools/list' }, list, info),
  }
  const served: Served = { server, info, tools, lists }
  return { answer: (body, surroundings) => answerMessage(served, body, surroundings) }
}

async function answerMessage(
  served: Served,
  body: string,
  surroundings: Surroundings,
): Promise<McpAnswer> {
  let request: RequestMessage | undefined
  try {
    const message = readInbound(surroundings.headers, body, RULES)
    // Cancelling by message needs a session, and without one there is nothing else to be told.
    if (message.kind !== 'request') return ACCEPTED
    request = message
    const method = METHODS[request.method]
    if (method === undefined) throw new Error(`${request.method} is announced and not there`)
    return { status: 200, json: await method(served, request, surroundings) }
  } catch (error) {
    if (error instanceof ProtocolRefusal)
      return { status: error.status, json: formatRefusal(error) }
    surroundings.writeLog(`ERROR ${describeDefect(error)}`)
    const json = formatError(request?.id, ErrorCode.internalError, 'Internal error')
    return { status: 200, json }
  }
}

function answerInitialize({ server, info }: Served, request: RequestMessage): string {
  const { instructions } = server
  const result = {
    protocolVersion: request.revision,
    capabilities: { tools: {} },
    serverInfo: info,
    ...(instructions !== undefined && { instructions }),
  }
  return formatResult(request, result, info)
}

function answerDiscover({ server, info }: Served, request: RequestMessage): string {
  const { instructions } = server
  const result = {
    supportedVersions: REVISIONS.filter(isModernRevision),
    capabilities: { tools: {}, logging: {} },
    ...(instructions !== undefined && { instructions }),
  }
  return formatResult(request, result, info)
}

function answerList({ lists }: Served, request: RequestMessage): string {
  if (request.params['cursor'] !== undefined) {
    throw invalidParams(request, 'The list has one page; leave `cursor` out.')
  }
  return wrapResult(request.id, lists[request.era])
}

async function answerCall(
  { server, info, tools }: Served,
  request: RequestMessage,
  surroundings: Surroundings,
): Promise<string> {
  const { id, era, params } = request
  const { name, arguments: args = {} } = params
  if (typeof name !== 'string') throw invalidParams(request, '`name` must name a tool.')
  const served = tools.get(name)
  if (served === undefined) throw invalidParams(request, `Unknown tool: ${name.slice(0, 200)}`)
  if (era === 'modern') confirmParamHeaders(surroundings.headers, served.paramHeaders, args, id)

  const context = new McpToolContext(request, surroundings, server.name)
  const result = await callTool(served, args, context, surroundings)
  context.end()
  return formatResult(request, result, info)
}

async function callTool(
  { tool }: ServedTool,
  args: unknown,
  context: McpToolContext,
  { writeLog }: Surroundings,
): Promise<CallToolResult> {
  try {
    const returned = await tool.call(args, context)
    return describeResult(returned, tool.output !== undefined)
  } catch (error) {
    if (!(error instanceof InvalidArguments))
      writeLog(`ERROR ${tool.name}: ${describeDefect(error)}`)
    return describeFailure(tool.name, error)
  }
}

function invalidParams({ id }: RequestMessage, message: string): ProtocolRefusal {
  return new ProtocolRefusal(200, ErrorCode.invalidParams, message, { id })
}

/** With its stack, on one line: for the log only, never for a caller. */
function describeDefect(error: unknown): string {
  return JSON.stringify(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
