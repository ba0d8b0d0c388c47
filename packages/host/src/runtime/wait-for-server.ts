import { finished } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChildExit, RunningChild } from '../process/child.ts'
import { askHealth } from './ask-health.ts'
import { HEALTH_POLL_MS } from './compat.ts'
import { describeExit } from './describe-exit.ts'
import { findListener, type Listener } from './find-listener.ts'
import { SERVER_PROTOCOLS, type ServerProtocolName } from './server-protocol.ts'

export interface ServerWait {
  readonly protocol: ServerProtocolName
  /** The process that serves, or that stands for it. */
  readonly child: RunningChild
  /** Where the server will be, as soon as that is known. */
  readonly findAddress: () => Listener | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const LAST_WORDS_MS = 200

/** Resolves once a server listens and, where its protocol has a health check, says that it is well. */
export async function waitForServer(wait: ServerWait): Promise<Listener> {
  const { protocol, child, findAddress, timeoutMs, signal } = wait
  const { port, healthPath } = SERVER_PROTOCOLS[protocol]
  const deadline = performance.now() + timeoutMs
  let exit: ChildExit | undefined
  void child.exited.then((it) => (exit = it))
  const shouldStop = () => exit !== undefined || signal.aborted || performance.now() > deadline
  const listener = await findListener({ findAddress, shouldStop })
  if (listener && healthPath !== undefined) {
    while (!shouldStop()) {
      if ((await askHealth(listener, healthPath)) !== undefined) return listener
      await delay(HEALTH_POLL_MS)
    }
  }
  signal.throwIfAborted()
  if (exit !== undefined) {
    await lastWords(child)
    throw new Error(`The server ${describeExit(exit)} before it listened on port ${port} or $PORT`)
  }
  if (listener === undefined) throw new Error(tooLate(timeoutMs, port))
  if (healthPath === undefined) return listener
  throw new Error(
    'Runtime health check failed or timed out. Please make sure that health check is implemented ' +
      `according to the requirements: GET ${healthPath} answers 200`,
  )
}

function tooLate(timeoutMs: number, port: number): string {
  return (
    'Runtime initialization time exceeded. Please make sure that initialization completes in ' +
    `${timeoutMs / 1_000}s. The server must listen on port ${port} or on $PORT`
  )
}

/** What a process wrote can arrive after the news of its end. */
async function lastWords({ process: { stdout, stderr } }: RunningChild): Promise<void> {
  const signal = AbortSignal.timeout(LAST_WORDS_MS)
  const ends = [stdout, stderr].map(async (stream) => {
    if (stream !== null && !stream.closed) await finished(stream, { signal })
  })
  await Promise.allSettled(ends)
}
