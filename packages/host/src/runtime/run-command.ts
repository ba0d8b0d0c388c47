import type { ServerResponse } from 'node:http'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { startChild, type ChildCommand, type ChildExit } from '../process/child.ts'
import { CallerGone } from './caller-gone.ts'
import type { CommandEvent } from './command-events.ts'
import { TIMED_OUT_EXIT_CODE } from './compat.ts'
import { RuntimeFault } from './fault.ts'
import type { Call } from './runtime-session.ts'

export interface CommandSink {
  readonly response: ServerResponse
  /** False when the caller takes no more for now. */
  readonly write: (event: CommandEvent) => boolean
}

/** A process that left the command's group may hold its pipes open for ever: so long they may be silent. */
const LAST_OUTPUT_MS = 500
const LAST_OUTPUT_POLL_MS = 20

/**
 * Runs a command to its end, its output told as it comes. It goes, with everything it started, when its
 * time is up, when its caller leaves, and when its session ends.
 */
export async function runCommand(
  command: Omit<ChildCommand, 'onLine'>,
  timeoutMs: number,
  call: Call,
  { response, write }: CommandSink,
): Promise<void> {
  const child = await startChild({ ...command, onLine() {} })
  const stop = () => void child.stop({ graceMs: 0 })
  let abortedFor: RuntimeFault | CallerGone | undefined
  const abort = (reason: RuntimeFault | CallerGone) => {
    abortedFor ??= reason
    stop()
  }
  const onClose = () => abort(new CallerGone())
  call.abort = (reason) => abort(new RuntimeFault('RuntimeClientError', reason))
  response.once('close', onClose)
  let isTimedOut = false
  const timer = setTimeout(() => {
    isTimedOut = true
    stop()
  }, timeoutMs)
  try {
    write({ contentStart: {} })
    const { stdout, stderr } = child.process
    const outputs = [
      tell(stdout, response, (text) => write({ contentDelta: { stdout: text } })),
      tell(stderr, response, (text) => write({ contentDelta: { stderr: text } })),
    ]
    const exit = await child.exited
    // A caller who reads nothing more must not keep what was aborted.
    const isTelling = () =>
      abortedFor === undefined && outputs.some((output) => output.isOpen(LAST_OUTPUT_MS))
    while (isTelling()) await delay(LAST_OUTPUT_POLL_MS)
    if (abortedFor !== undefined) throw abortedFor
    const status = isTimedOut ? 'TIMED_OUT' : 'COMPLETED'
    const exitCode = isTimedOut ? TIMED_OUT_EXIT_CODE : exitCodeOf(exit)
    write({ contentStop: { exitCode, status } })
  } finally {
    clearTimeout(timer)
    response.off('close', onClose)
    stop()
  }
}

/** Passes a stream on, no faster than the caller takes it. */
function tell(
  stream: Readable | null,
  response: ServerResponse,
  write: (text: string) => boolean,
): { isOpen(silentMs: number): boolean } {
  let isClosed = stream === null
  let lastAt = performance.now()
  const resume = () => {
    lastAt = performance.now()
    stream?.resume()
  }
  stream?.on('data', (text: string) => {
    lastAt = performance.now()
    if (response.writableEnded || response.destroyed || write(text)) return
    stream.pause()
    response.once('drain', resume)
  })
  stream?.once('close', () => (isClosed = true))
  return {
    isOpen(silentMs) {
      if (isClosed || response.destroyed) return false
      return stream?.isPaused() === true || performance.now() - lastAt < silentMs
    },
  }
}

/** As a shell tells it: a signal is 128 and its number. */
function exitCodeOf({ exitCode, signal }: ChildExit): number {
  if (exitCode !== null) return exitCode
  return signal === null ? 127 : 128 + constants.signals[signal]
}
