import { join } from 'node:path'
import { DEFAULT_SCOPE, scopeKey, type Scope } from '../kernel/scope.ts'
import { describeExit } from './describe-exit.ts'
import type { Invocation } from './invocation.ts'
import { openLogFile } from './log-file.ts'
import type { LogTail } from './log-tail.ts'
import type { InvocationOutcome } from './outcome.ts'

/** A line a function wrote, for a terminal. */
export interface FunctionLine {
  readonly functionName: string
  /** Absent when it was written outside any invocation. */
  readonly requestId?: string
  readonly line: string
  readonly stream: 'stdout' | 'stderr'
}

export interface InvocationReport {
  readonly durationMs: number
  readonly memorySizeMb: number
  readonly maxMemoryMb: number
  /** Only with the first invocation of an environment. */
  readonly initMs: number | undefined
}

/** The log of one function, in the lines CloudWatch would have. */
export interface FunctionLog {
  /** A line the function wrote. */
  line(text: string, stream: 'stdout' | 'stderr', requestId?: string): void
  /** A line the platform writes. */
  note(text: string): void
  start(invocation: Invocation, version: string): void
  end(invocation: Invocation, outcome: InvocationOutcome, report: InvocationReport): void
  close(): void
}

/**
 * Opens `<logDir>/<functionName>.log`, or in folders of its account and Region where these are not
 * the ones of an app file.
 */
export function openFunctionLog(
  functionName: string,
  scope: Scope,
  logDir: string,
  onLine?: (event: FunctionLine) => void,
): FunctionLog {
  const isDefault = scopeKey(scope) === scopeKey(DEFAULT_SCOPE)
  const file = openLogFile(join(logDir, isDefault ? '' : scopeKey(scope), `${functionName}.log`))
  /** Of the invocations that run now and whose callers want to see their lines. */
  const tails = new Map<string, LogTail>()
  const append = (text: string, requestId: string) => {
    file.append(text)
    if (tails.size > 0) tails.get(requestId)?.append(text)
  }
  return {
    line(text, stream, requestId) {
      if (requestId === undefined) file.append(text)
      else append(`${requestId}\t${text}`, requestId)
      onLine?.({ functionName, line: text, stream, ...(requestId !== undefined && { requestId }) })
    },
    note: (text) => file.append(text),
    start({ requestId, logTail }, version) {
      if (logTail !== undefined) tails.set(requestId, logTail)
      append(`START RequestId: ${requestId} Version: ${version}`, requestId)
    },
    end(invocation, outcome, report) {
      const { requestId } = invocation
      const failure = outcome.kind === 'returned' ? undefined : describeFailure(requestId, outcome)
      if (failure !== undefined) append(failure, requestId)
      append(`END RequestId: ${requestId}\n${formatReport(requestId, report)}`, requestId)
      tails.delete(requestId)
    },
    close: () => file.close(),
  }
}

/** The line the platform adds when an invocation ends badly, in its own words where they are known. */
function describeFailure(
  requestId: string,
  outcome: Exclude<InvocationOutcome, { kind: 'returned' }>,
): string {
  switch (outcome.kind) {
    case 'threw': {
      const { kind: _, ...error } = outcome
      return `${requestId}\tERROR\tInvoke Error\t${JSON.stringify(error)}`
    }
    case 'timed-out':
      return `${requestId} Task timed out after ${(outcome.limitMs / 1000).toFixed(2)} seconds`
    case 'exited':
      return `RequestId: ${requestId} Error: Runtime exited with error: ${describeExit(outcome)}`

    case 'too-large':
      return `${requestId}\tERROR\tThe response has ${outcome.bytes} bytes, more than Lambda allows`
    case 'init-failed':
      return `${requestId}\tERROR\t${outcome.errorType}: ${outcome.errorMessage}`
    case 'throttled':
      return `${requestId}\tERROR\tThrottled`
  }
}

function formatReport(requestId: string, report: InvocationReport): string {
  const { durationMs, memorySizeMb, maxMemoryMb, initMs } = report
  const init = initMs === undefined ? '' : `\tInit Duration: ${initMs.toFixed(2)} ms`
  return `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: ${memorySizeMb} MB\tMax Memory Used: ${maxMemoryMb} MB${init}`
}
