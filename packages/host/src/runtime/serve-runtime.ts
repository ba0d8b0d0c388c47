import { isModernRevision } from '@catamaran/tools/protocol'
import { jsonAnswer, sendAnswer, singleHeader, type Exchange } from '../http/exchange.ts'
import { errorMessage } from '../kernel/host-error.ts'
import { authorize } from './authorize.ts'
import { CallerGone } from './caller-gone.ts'
import { MAX_BODY_BYTES, tooLarge } from './call-server.ts'
import { MAX_READ_AHEAD_BYTES } from './compat.ts'
import { asFault, formatAwsFault, formatMcpFault, RuntimeFault } from './fault.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import { parseMessage } from './json-rpc.ts'
import { readAhead, type BodyStart } from './read-ahead.ts'
import { describeResource, resourceMetadataUrl, resourceUrl } from './resource-url.ts'
import type { ServeContext } from './serve-context.ts'
import { serveDelete } from './serve-delete.ts'
import { serveGet } from './serve-get.ts'
import { servePost } from './serve-post.ts'
import type { SessionScope } from './session-table.ts'
import { stopSession } from './stop-session.ts'

/** One request on a runtime's data plane. Every refusal is answered here; nothing is thrown. */
export async function serveRuntime(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  if (target.operation === 'invocations') await serveInvocation(exchange, target, context)
  else await serveAwsOperation(exchange, target, context)
}

async function serveInvocation(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { method, headers, request, response } = exchange
  const isModern = namesModernRevision(exchange)
  let body: BodyStart | undefined
  try {
    const scope = await admit(exchange, target, context)
    if (method === 'POST') {
      if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
      body = await readAhead(request, MAX_READ_AHEAD_BYTES)
      const isCurrent = findRuntime(target, context.runtimes).current === scope.version
      // The runtime may have been replaced while the body came: the new version decides who may call.
      const latest = isCurrent ? scope : await admit(exchange, target, context)
      await servePost(exchange, body, latest, isModern, context)
    } else if (method === 'GET') await serveGet(exchange, scope, isModern, context)
    else if (method === 'DELETE') await serveDelete(exchange, scope, context)
    else sendAnswer(response, { status: 405, headers: { allow: 'GET, POST, DELETE' } })
  } catch (error) {
    if (error instanceof CallerGone || response.destroyed) return
    const fault = asFault(error)
    logUnexpected(exchange, fault, context)
    if (response.headersSent) return void response.destroy()
    const requestId = body?.isWhole ? parseMessage(body.bytes.toString())?.id : undefined
    fault.headers['x-amzn-requestid'] = exchange.requestId
    sendAnswer(response, formatMcpFault(fault, { method, isModern, requestId }))
    request.resume()
  }
}

/** Which version serves, and for whom. */
async function admit(
  exchange: Exchange,
  target: RuntimeTarget,
  { runtimes }: ServeContext,
): Promise<SessionScope> {
  const { current: version } = findRuntime(target, runtimes)
  const { authorizer } = version.configuration
  const metadataUrl = () => resourceMetadataUrl(exchange, target)
  const owner = await authorize(exchange.headers.authorization, authorizer, metadataUrl)
  return { version, owner }
}

async function serveAwsOperation(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { response } = exchange
  try {
    const runtime = findRuntime(target, context.runtimes)
    if (target.operation === 'metadata') {
      const document = describeResource(runtime, { resource: resourceUrl(exchange, target) })
      if (document) return sendAnswer(response, jsonAnswer(200, document))
      throw new RuntimeFault('ResourceNotFound', 'This agent runtime asks nobody for a token')
    }
    await stopSession(exchange, await admit(exchange, target, context), context)
  } catch (error) {
    const fault = asFault(error)
    logUnexpected(exchange, fault, context)
    fault.headers['x-amzn-requestid'] = exchange.requestId
    sendAnswer(response, formatAwsFault(fault))
  }
}

/** The body decides what a message is; which session it belongs to must be known before it. */
function namesModernRevision({ headers }: Exchange): boolean {
  const revision = singleHeader(headers['mcp-protocol-version'])?.trim()
  return revision !== undefined && isModernRevision(revision)
}

function logUnexpected({ requestId }: Exchange, fault: RuntimeFault, { log }: ServeContext): void {
  if (fault.fault !== 'InternalServer') return
  log.error('A runtime request failed unexpectedly', {
    requestId,
    error: errorMessage(fault.cause),
  })
}
