import { describeExit } from './describe-exit.ts'
import type { Invocation } from './invocation.ts'
import { openLogFile } from './log-file.ts'
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
  start(invocation: Invocation): void
  end(invocation: Invocation, outcome: InvocationOutcome, report: InvocationReport): void
  close(): void
}

/** Opens `<logDir>/<functionName>.log`. */
export function openFunctionLog(
  functionName: string,
  logDir: string,
  onLine?: (event: FunctionLine) => void,
): FunctionLog {
  const file = openLogFile(`${logDir}/${functionName}.log`)
  return {
    line(text, stream, requestId) {
      file.append(requestId === undefined ? text : `${requestId}\t${text}`)
      onLine?.({ functionName, line: text, stream, ...(requestId !== undefined && { requestId }) })
    },
    note: (text) => file.append(text),
    start: ({ requestId }) => file.append(`START RequestId: ${requestId} Version: $LATEST`),
    end(invocation, outcome, report) {
      const { requestId } = invocation
      const failure = outcome.kind === 'returned' ? undefined : describeFailure(requestId, outcome)
      if (failure !== undefined) file.append(failure)
      file.append(`END RequestId: ${requestId}\n${formatReport(requestId, report)}`)
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
