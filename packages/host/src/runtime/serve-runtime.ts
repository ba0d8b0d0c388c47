import { jsonAnswer, sendAnswer, type Exchange } from '../http/exchange.ts'
import { admit } from './admit.ts'
import { RuntimeFault } from './fault.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import { refuseAws } from './refuse-aws.ts'
import { describeResource, resourceUrl } from './resource-url.ts'
import type { ServeContext } from './serve-context.ts'
import { serveMcp } from './serve-mcp.ts'
import type { ServerProtocolName } from './server-protocol.ts'

/** One request on a runtime's data plane. Every refusal is answered here; nothing is thrown. */
export async function serveRuntime(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { operation } = target
  if (operation !== 'invocations') await serveAwsOperation(exchange, target, operation, context)
  else if (protocolOf(exchange, target, context) === 'MCP')
    await serveMcp(exchange, target, context)
  else await (await import('./serve-http.ts')).serveHttp(exchange, target, context)
}

const AWS_OPERATIONS = {
  commands: serveCommandLazily,
  stopruntimesession: serveStop,
  metadata: serveMetadata,
}

/** Who does not find a runtime is answered in the language in which it was asked. */
function protocolOf(
  { method, headers }: Exchange,
  target: RuntimeTarget,
  { runtimes }: ServeContext,
): ServerProtocolName {
  try {
    return findRuntime(target, runtimes).version.protocol
  } catch {
    // Told by whoever serves it, in its own words.
    const isMcp = method !== 'POST' || headers.accept?.includes('text/event-stream') === true
    return isMcp || headers['mcp-protocol-version'] !== undefined ? 'MCP' : 'HTTP'
  }
}

async function serveAwsOperation(
  exchange: Exchange,
  target: RuntimeTarget,
  operation: keyof typeof AWS_OPERATIONS,
  context: ServeContext,
): Promise<void> {
  const serve = AWS_OPERATIONS[operation]
  try {
    await serve(exchange, target, context)
  } catch (error) {
    refuseAws(exchange, error, context)
  }
}

async function serveCommandLazily(...request: Parameters<typeof serveStop>) {
  const { serveCommand } = await import('./serve-command.ts')
  await serveCommand(...request)
}

async function serveStop(exchange: Exchange, target: RuntimeTarget, context: ServeContext) {
  const caller = await admit(exchange, target, 'StopRuntimeSession', context)
  caller.release()
  const { stopSession } = await import('./stop-session.ts')
  await stopSession(exchange, caller.scope, context)
}

function serveMetadata(exchange: Exchange, target: RuntimeTarget, context: ServeContext): void {
  const { version } = findRuntime(target, context.runtimes)
  const document = describeResource(version, { resource: resourceUrl(exchange, target) })
  if (document) return sendAnswer(exchange.response, jsonAnswer(200, document))
  throw new RuntimeFault('ResourceNotFound', 'This agent runtime asks nobody for a token')
}
