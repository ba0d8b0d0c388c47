// One request to a session's server and the answer back. What a server answers is passed on as it
// is, unless it is a failure that MCP clients would take for the platform's own (AgentCore developer
// guide, MCP error codes).
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { answerHeaders } from './answer-headers.ts'
import { callServer, type ServerCall } from './call-server.ts'
import { CallerGone } from './caller-gone.ts'
import { formatRpcError, RuntimeFault } from './fault.ts'
import { parseMessage } from './json-rpc.ts'
import type { BodyStart } from './read-ahead.ts'
import { readRpcError } from './read-rpc-error.ts'
import { findRedirect } from './find-redirect.ts'
import { relayAnswer } from './relay-answer.ts'
import type { Call, RuntimeSession } from './runtime-session.ts'
import { serverHeaders } from './server-headers.ts'
import { describeExit, type ServerProcess } from './server-process.ts'

export interface Forwarding {
  readonly session: RuntimeSession
  readonly process: ServerProcess
  readonly call: Call
  readonly body: BodyStart
  /** Sent to the server; undefined leaves the choice of an id to the server. */
  readonly mcpSessionId: string | undefined
  readonly isModern: boolean
  /** Whether the server may finish what it does when the caller leaves. */
  readonly survivesCaller: boolean
  /** Told to the caller: which id to send from now on. */
  readonly readMcpSessionId: (answer: IncomingMessage) => string | undefined
}

/** Where a request goes, and how often it may still be sent elsewhere. */
interface Way {
  readonly path: string
  readonly redirects: number
}

const EXIT_NEWS_MS = 100
const MAX_REDIRECTS = 1

/** Resolves with the server's status once the answer has been passed on. */
export async function forward(
  exchange: Exchange,
  forwarding: Forwarding,
  { path, redirects }: Way = { path: forwarding.session.version.path, redirects: MAX_REDIRECTS },
): Promise<number> {
  const { session, process, call, body, mcpSessionId } = forwarding
  const { method, requestId, request } = exchange
  const { version, runtimeSessionId } = session
  const headers = serverHeaders(exchange.headers, {
    runtimeSessionId,
    mcpSessionId,
    requestId,
    allowedHeaders: version.allowedHeaders,
    body: bodyLength(exchange, body),
  })
  const sent = callServer(process, { method, path, headers, body, rest: request })
  const watch = watchBothEnds(exchange, forwarding, sent)
  try {
    const answer = await sent.answer
    call.isAnswering = true
    const redirect = body.isWhole && redirects > 0 ? findRedirect(answer) : undefined
    if (redirect !== undefined) {
      answer.resume()
      // A framework that mounts its application one slash further does so for every request.
      if (redirect === `${version.path}/`) version.path = redirect
      return await forward(exchange, forwarding, { path: redirect, redirects: redirects - 1 })
    }
    return await passOn(exchange, forwarding, answer)
  } catch (error) {
    if (error instanceof RuntimeFault || error instanceof CallerGone) throw error
    throw await describeBreak(process, error)
  } finally {
    watch.stop()
  }
}

function bodyLength(
  { method, headers }: Exchange,
  { bytes, isWhole }: BodyStart,
): number | 'chunked' | 'none' {
  if (method !== 'POST') return 'none'
  if (isWhole) return bytes.length
  const declared = headers['content-length']
  return declared === undefined ? 'chunked' : Number(declared)
}

/** The caller may leave, and the host may want the call to end; neither waits for the server. */
function watchBothEnds(exchange: Exchange, forwarding: Forwarding, { upstream }: ServerCall) {
  const { call, survivesCaller } = forwarding
  const { response } = exchange
  const onClose = () => {
    // Without a handshake, closing the stream is the cancellation (MCP 2026-07-28, Transports);
    // with one it is not (MCP 2025-11-25, Transports).
    const canFinish = survivesCaller && upstream.writableEnded
    if (!response.writableFinished && !canFinish) upstream.destroy(new CallerGone())
  }
  response.once('close', onClose)
  call.abort = (reason) => upstream.destroy(new RuntimeFault('RuntimeClientError', reason))
  if (response.destroyed) onClose()
  return { stop: () => response.off('close', onClose) }
}

async function passOn(
  { method, requestId, response }: Exchange,
  { session, body, isModern, readMcpSessionId }: Forwarding,
  answer: IncomingMessage,
): Promise<number> {
  const status = answer.statusCode ?? 0
  const isSuccess = status >= 200 && status < 300
  const isUnserved = method !== 'POST' && (status === 404 || status === 405)
  const error = isSuccess || isUnserved ? undefined : await readRpcError(answer)
  const headers = answerHeaders(answer, {
    runtimeSessionId: session.runtimeSessionId,
    mcpSessionId: readMcpSessionId(answer),
    requestId,
  })
  if (error !== undefined) {
    sendAnswer(response, { status, headers, body: error })
    return status
  }
  const outcome = await relayAnswer(answer, response, headers)
  if (outcome === 'broken-between-events') {
    const fault = new RuntimeFault('RuntimeClientError', brokenReason(session))
    const id = body.isWhole ? parseMessage(body.bytes.toString())?.id : undefined
    if (id !== undefined) response.write(`data: ${formatRpcError(fault, isModern, id)}\n\n`)
    response.end()
  } else if (outcome === 'broken') response.destroy()
  return status
}

function brokenReason({ state }: RuntimeSession): string {
  return state.phase === 'ended' ? state.reason : 'The server broke off its answer'
}

/** A connection that breaks is usually the first news of a process that ended; the exit says more. */
async function describeBreak(process: ServerProcess, cause: unknown): Promise<RuntimeFault> {
  const exit = await Promise.race([process.exited, delay(EXIT_NEWS_MS, undefined, { ref: false })])
  const reason = exit
    ? `The server process ${describeExit(exit)}`
    : 'The server closed the connection before it answered'
  return new RuntimeFault('RuntimeClientError', reason, { cause })
}
