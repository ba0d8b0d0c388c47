// The part of AWS Step Functions that CDK's provider framework needs: a state machine that asks a
// function again and again whether a custom resource is complete (`isCompleteHandler`).
//
// An execution lives in memory: when the host stops, the custom resource it belongs to is asked for
// anew at the next start, and that starts another one.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage, HostError } from '../../kernel/host-error.ts'
import type { Log } from '../../kernel/log.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Store } from '../../store/store.ts'
import { waitBefore, type WaiterDefinition } from './waiter-definition.ts'

export interface WaiterOptions {
  readonly store: Store
  readonly invokeTask: InvokeTask
  readonly log: Log
}

/** Runs a function to its end, with JSON text. */
export type InvokeTask = (functionArn: string, input: string, run: Run) => Promise<TaskEnding>

interface Run {
  readonly scope: Scope
  readonly signal: AbortSignal
}

export type TaskEnding =
  | { readonly kind: 'returned' }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }

export interface Waiters extends Disposable {
  put(stateMachineArn: string, definition: WaiterDefinition): Promise<void>
  /** Its executions end with it. */
  remove(stateMachineArn: string): Promise<void>
  /** Refused for a state machine that is not there, or of another account or Region. */
  start(scope: Scope, stateMachineArn: string, input: string): Promise<StartedExecution>
}

export interface StartedExecution {
  readonly executionArn: string
  readonly startedAt: Date
}

const KIND = 'waiter'
const MAX_EXECUTIONS = 1_000

export function createWaiters({ store, invokeTask, log }: WaiterOptions): Waiters {
  const stopping = new AbortController()
  /** Of the state machines that were started; aborted when they are removed. */
  const removals = new Map<string, AbortController>()
  let running = 0

  /** A task that cannot be invoked at all has failed, as in Step Functions. */
  async function run(arn: string, input: string, { scope, signal }: Run): Promise<TaskEnding> {
    signal.throwIfAborted()
    try {
      return await invokeTask(arn, input, { scope, signal })
    } catch (error) {
      return {
        kind: 'failed',
        errorType: 'Lambda.Unknown',
        errorMessage: errorMessage(error),
      }
    }
  }

  async function execute(waiter: WaiterDefinition, input: string, of: Run): Promise<void> {
    let ending = await run(waiter.isCompleteArn, input, of)
    for (let retry = 0; ending.kind === 'failed' && retry < waiter.maxAttempts; retry += 1) {
      await delay(waitBefore(waiter, retry), undefined, { signal: of.signal })
      ending = await run(waiter.isCompleteArn, input, of)
    }
    if (ending.kind === 'returned') return
    const { errorType, errorMessage: message } = ending
    const cause = JSON.stringify({ errorType, errorMessage: message })
    await run(waiter.onTimeoutArn, JSON.stringify({ Error: errorType, Cause: cause }), of)
  }

  function removalOf(stateMachineArn: string): AbortSignal {
    const removal = removals.get(stateMachineArn) ?? new AbortController()
    removals.set(stateMachineArn, removal)
    return removal.signal
  }

  return {
    put: (stateMachineArn, definition) => store.put(KIND, stateMachineArn, definition),
    async remove(stateMachineArn) {
      await store.delete(KIND, stateMachineArn)
      removals.get(stateMachineArn)?.abort()
      removals.delete(stateMachineArn)
    },

    async start(scope, stateMachineArn, input) {
      const isOwn = stateMachineArn.startsWith(
        `arn:aws:states:${scope.region}:${scope.accountId}:stateMachine:`,
      )
      const waiter = isOwn && (await store.get<WaiterDefinition>(KIND, stateMachineArn))
      if (!waiter) {
        const message = `State Machine Does Not Exist: '${stateMachineArn.slice(0, 256)}'`
        throw new HostError('ERR_NOT_FOUND', message)
      }
      if (running >= MAX_EXECUTIONS) {
        throw new HostError('ERR_LIMIT_EXCEEDED', `${running} executions are running already`)
      }
      running += 1
      const signal = AbortSignal.any([stopping.signal, removalOf(stateMachineArn)])
      execute(waiter, input, { scope, signal })
        .catch((error: unknown) => {
          if (signal.aborted) return
          log.warn('A waiter has ended early', { stateMachineArn, reason: errorMessage(error) })
        })
        .finally(() => (running -= 1))
      const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1)
      const { region, accountId } = scope
      return {
        executionArn: `arn:aws:states:${region}:${accountId}:execution:${name}:${randomUUID()}`,
        startedAt: new Date(),
      }
    },

    [Symbol.dispose]: () => stopping.abort(),
  }
}
