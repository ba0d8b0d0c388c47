import { isModernRevision } from '@catamaran/tools/protocol'
import { sendAnswer, singleHeader, type Exchange } from '../http/exchange.ts'
import { admit, type AdmittedCaller } from './admit.ts'
import { CallerGone } from './caller-gone.ts'
import { MAX_BODY_BYTES, tooLarge } from './call-server.ts'
import { MAX_READ_AHEAD_BYTES } from './compat.ts'
import { asFault, formatMcpFault } from './fault.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import { parseMessage } from './json-rpc.ts'
import { readAhead, type BodyStart } from './read-ahead.ts'
import { logUnexpected } from './refuse-aws.ts'
import type { ServeContext } from './serve-context.ts'
import { serveDelete } from './serve-delete.ts'
import { servePost } from './serve-post.ts'

/** One request to a runtime whose servers speak MCP. */
export async function serveMcp(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { method, headers, request, response } = exchange
  const isModern = namesModernRevision(exchange)
  let body: BodyStart | undefined
  let caller: AdmittedCaller | undefined
  try {
    caller = await admit(exchange, target, 'InvokeAgentRuntime', context)
    if (method === 'POST') {
      if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
      body = caller.body ?? (await readAhead(request, MAX_READ_AHEAD_BYTES))
      const { version } = findRuntime(target, context.runtimes)
      // The runtime may have been replaced while the body came: the new version decides who may call.
      if (version !== caller.scope.version && caller.body === undefined) {
        caller = await admit(exchange, target, 'InvokeAgentRuntime', context)
      }
      await servePost(exchange, body, caller, isModern, context)
    } else if (method === 'GET') {
      const { serveGet } = await import('./serve-get.ts')
      await serveGet(exchange, caller, isModern, context)
    } else if (method === 'DELETE') await serveDelete(exchange, caller.scope, context)
    else sendAnswer(response, { status: 405, headers: { allow: 'GET, POST, DELETE' } })
  } catch (error) {
    if (error instanceof CallerGone || response.destroyed) return
    const fault = asFault(error)
    logUnexpected(exchange, fault, context)
    if (response.headersSent) return void response.destroy()
    const requestId = body?.isWhole ? parseMessage(body.bytes.toString())?.id : undefined
    fault.headers = { ...fault.headers, 'x-amzn-requestid': exchange.requestId }
    sendAnswer(response, formatMcpFault(fault, { method, isModern, requestId }))
    request.resume()
  } finally {
    caller?.release()
  }
}

/** The body decides what a message is; which session it belongs to must be known before it. */
function namesModernRevision({ headers }: Exchange): boolean {
  const revision = singleHeader(headers['mcp-protocol-version'])?.trim()
  return revision !== undefined && isModernRevision(revision)
}
