// The methods of a gateway, as a table. Anything else a client asks for is −32601: among them
// `prompts/*`, `resources/*`, `completion/complete`, `logging/setLevel` and `subscriptions/listen`,
// whose capabilities a gateway does not announce.
import {
  ErrorCode,
  formatResult,
  isModernRevision,
  ProtocolRefusal,
  wrapResult,
  type RequestMessage,
} from '@catamaran/tools/protocol'
import { callTool } from './call-tool.ts'
import { SERVER_INFO } from './server-info.ts'
import type { MethodCall } from './served-gateway.ts'

/** Serves one request: the JSON-RPC response as text. Throws ProtocolRefusal. */
export type Method = (call: MethodCall) => string | Promise<string>

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['initialize', initialize],
  ['ping', ping],
  ['server/discover', discover],
  ['tools/list', listTools],
  ['tools/call', callTool],
])

/** What `readInbound` lets through, in the era it belongs to. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(METHODS.keys())

/** What serves a request that `readInbound` let through. */
export function getMethod({ method, id }: RequestMessage): Method {
  const found = METHODS.get(method)
  if (found) return found
  throw new ProtocolRefusal(404, ErrorCode.methodNotFound, `No method ${method}`, { id })
}

/** `listChanged` is what the service says; without sessions there is nobody to be told. */
function initialize({ request, gateway }: MethodCall): string {
  const { instructions } = gateway.record.protocolConfiguration.mcp
  const result = {
    protocolVersion: request.revision,
    capabilities: { tools: { listChanged: true } },
    serverInfo: SERVER_INFO,
    ...(instructions !== undefined && { instructions }),
  }
  return formatResult(request, result, SERVER_INFO)
}

function ping({ request }: MethodCall): string {
  return formatResult(request, {}, SERVER_INFO)
}

/** Only revisions that need no handshake: a client uses one of them for its next request. */
function discover({ request, gateway }: MethodCall): string {
  const { instructions } = gateway.record.protocolConfiguration.mcp
  const result = {
    supportedVersions: gateway.rules.revisions.filter(isModernRevision),
    capabilities: { tools: {} },
    ...(instructions !== undefined && { instructions }),
  }
  return formatResult(request, result, SERVER_INFO)
}

/** All tools on one page, because many clients read no second one; so no cursor was ever ours. */
function listTools({ request, gateway }: MethodCall): string {
  if (request.params.cursor !== undefined) {
    const message = 'The cursor is unknown; this list has one page, so leave it out'
    throw new ProtocolRefusal(200, ErrorCode.invalidParams, message, { id: request.id })
  }
  return wrapResult(request.id, gateway.catalogue.listResult[request.era])
}
