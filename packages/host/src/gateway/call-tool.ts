import { ErrorCode, ProtocolRefusal, type RequestMessage } from '@catamaran/tools/protocol'
import { UNKNOWN_TOOL_STATUS, unknownToolMessage } from './compat.ts'
import type { Catalogue } from './catalogue.ts'
import type { CatalogueTool } from './catalogue-tool.ts'
import { describeFaults } from './check-arguments.ts'
import type { MethodCall } from './served-gateway.ts'
import type { ToolFailure } from './tool-failure.ts'
import type { ToolEnding } from './tool-invoker.ts'
import { formatErrorResult, formatFailure, formatRelayed, formatReturned } from './tool-result.ts'

const NO_ARGUMENTS = {}

/** No tool has a longer name, and what is sent back should not grow with what was sent. */
const MAX_NAME_LENGTH = 256

const TOO_DEEP = ['- The arguments are nested too deeply']

/** One `tools/call`: finds the tool, checks the arguments, runs the tool, shows how it ended. */
export async function callTool(call: MethodCall): Promise<string> {
  const { gateway, request } = call
  const tool = findTool(request, gateway.catalogue)
  const args = readArguments(request)
  const faults: string[] = []
  tool.checkArguments?.(args, '', faults)
  if (faults.length > 0) return formatErrorResult(request, describeFaults(faults))
  const payload = formatPayload(args)
  if (payload === undefined) return formatErrorResult(request, describeFaults(TOO_DEEP))

  const ending = await tool.invoker.callTool(call, args, payload)
  switch (ending.kind) {
    case 'returned':
      return formatReturned(request, ending, tool.outputSchema)
    case 'relayed':
      return formatRelayed(request, ending.result)
    case 'login-needed': {
      const { formatLoginNeeded } = await import('./login-needed.ts')
      return formatLoginNeeded(request, ending)
    }
    case 'dependency-failed':
      throw dependencyFailed(call, ending)
    case 'failed':
      logFailure(call, tool, ending.failure)
      return formatFailure(request, ending.failure, gateway.record.exceptionLevel)
  }
}

function findTool({ id, params: { name } }: RequestMessage, { tools }: Catalogue): CatalogueTool {
  if (typeof name !== 'string') throw invalidParams('`params.name` must be a tool name', id)
  const tool = tools.get(name)
  if (tool) return tool
  throw invalidParams(unknownToolMessage(name.slice(0, MAX_NAME_LENGTH)), id, UNKNOWN_TOOL_STATUS)
}

function readArguments({ id, params }: RequestMessage): object {
  const { arguments: args = NO_ARGUMENTS } = params
  if (typeof args === 'object' && args !== null && !Array.isArray(args)) return args
  throw invalidParams('`params.arguments` must be an object; leave it out for none', id)
}

/** The arguments as JSON, or undefined when they are too deep to be written. */
function formatPayload(args: object): string | undefined {
  try {
    return JSON.stringify(args)
  } catch {
    return undefined // JSON.parse reads any depth, JSON.stringify ends with the stack (RangeError)
  }
}

function invalidParams(message: string, id: RequestMessage['id'], status = 200): ProtocolRefusal {
  return new ProtocolRefusal(status, ErrorCode.invalidParams, message, { id })
}

/** An error of the protocol behind a gateway is one in front of it (AgentCore developer guide). */
function dependencyFailed(
  { request: { id }, gateway }: MethodCall,
  { subject, code, message }: Extract<ToolEnding, { kind: 'dependency-failed' }>,
): ProtocolRefusal {
  const text = `DependencyFailedException - ${subject} answered with error ${code}`
  const detail = gateway.record.exceptionLevel === 'DEBUG' ? `: ${message}` : ''
  return new ProtocolRefusal(200, ErrorCode.internalError, text + detail, { id })
}

function logFailure(
  { gateway, inbound }: MethodCall,
  { name, invoker }: CatalogueTool,
  { type, text, cause }: ToolFailure,
): void {
  gateway.log.warn('A tool call failed', {
    requestId: inbound.requestId,
    gatewayId: gateway.record.gatewayId,
    tool: name,
    ...invoker.about,
    errorType: type,
    error: text,
    ...(cause !== undefined && { cause }),
  })
}
