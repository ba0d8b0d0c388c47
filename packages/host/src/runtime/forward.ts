// One request to a session's server and the answer back.
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from '../http/exchange.ts'
import { callServer, type ServerCall } from './call-server.ts'
import { CallerGone } from './caller-gone.ts'
import { describeExit } from './describe-exit.ts'
import { RuntimeFault } from './fault.ts'
import type { BodyStart } from './read-ahead.ts'
import { findRedirect } from './find-redirect.ts'
import type { Call, RuntimeSession } from './runtime-session.ts'
import { serverHeaders } from './server-headers.ts'
import { serverHost } from './server-protocol.ts'
import type { ServerProcess } from './server-process.ts'

export interface Forwarding {
  readonly session: RuntimeSession
  readonly process: ServerProcess
  readonly call: Call
  readonly body: BodyStart
  /** Sent to the server; undefined leaves the choice of an id to the server. */
  readonly mcpSessionId: string | undefined
  readonly workloadToken: string | undefined
  /** Whether the server may finish what it does when the caller leaves. */
  readonly survivesCaller: boolean
  /** Sends the server's answer to the caller, or refuses what no caller shall see. */
  readonly passOn: (answer: IncomingMessage) => Promise<number>
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
  const { session, process, call, body, mcpSessionId, workloadToken } = forwarding
  const { method, requestId, request } = exchange
  const { version, runtimeSessionId } = session
  const headers = serverHeaders(exchange.headers, {
    protocol: version.protocol,
    runtimeSessionId,
    mcpSessionId,
    workloadToken,
    requestId,
    allowedHeaders: version.allowedHeaders,
    body: bodyLength(exchange, body),
  })
  const sent = callServer(process, { method, path, headers, body, rest: request })
  const watch = watchBothEnds(exchange, forwarding, sent)
  try {
    const answer = await sent.answer
    call.isAnswering = true
    const redirect =
      body.isWhole && redirects > 0 ? findRedirect(answer, serverHost(version.protocol)) : undefined
    if (redirect !== undefined) {
      answer.resume()
      // A framework that mounts its application one slash further does so for every request.
      if (redirect === `${version.path}/`) version.path = redirect
      return await forward(exchange, forwarding, { path: redirect, redirects: redirects - 1 })
    }
    return await forwarding.passOn(answer)
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

/** A connection that breaks is usually the first news of a process that ended; the exit says more. */
async function describeBreak(process: ServerProcess, cause: unknown): Promise<RuntimeFault> {
  const exit = await Promise.race([process.exited, delay(EXIT_NEWS_MS, undefined, { ref: false })])
  const reason = exit
    ? `The server process ${describeExit(exit)}`
    : 'The server closed the connection before it answered'
  return new RuntimeFault('RuntimeClientError', reason, { cause })
}
