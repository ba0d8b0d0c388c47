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
import type { WaiterDefinition } from './waiter-definition.ts'

export interface WaiterOptions {
  readonly store: Store
  readonly invokeTask: InvokeTask
  readonly log: Log
}

/** Runs a function to its end, with JSON text. */
export type InvokeTask = (
  functionArn: string,
  input: string,
  options: { readonly scope: Scope; readonly signal: AbortSignal },
) => Promise<TaskEnding>

export type TaskEnding =
  | { readonly kind: 'returned' }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }

export interface Waiters extends Disposable {
  put(stateMachineArn: string, definition: WaiterDefinition): Promise<void>
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
  const { signal } = stopping
  let running = 0

  /** A task that cannot be invoked at all has failed, as in Step Functions. */
  const run = (arn: string, input: string, scope: Scope) =>
    invokeTask(arn, input, { scope, signal }).catch((error: unknown): TaskEnding => ({
      kind: 'failed',
      errorType: 'Lambda.Unknown',
      errorMessage: errorMessage(error),
    }))

  async function execute(scope: Scope, waiter: WaiterDefinition, input: string): Promise<void> {
    let waitMs = waiter.intervalSeconds * 1_000
    let ending = await run(waiter.isCompleteArn, input, scope)
    for (let retries = 0; ending.kind === 'failed'; retries += 1) {
      if (retries === waiter.maxAttempts) break
      await delay(waitMs, undefined, { signal })
      waitMs *= waiter.backoffRate
      ending = await run(waiter.isCompleteArn, input, scope)
    }
    if (ending.kind === 'returned') return
    const { errorType, errorMessage: message } = ending
    const cause = JSON.stringify({ errorType, errorMessage: message })
    await run(waiter.onTimeoutArn, JSON.stringify({ Error: errorType, Cause: cause }), scope)
  }

  return {
    put: (stateMachineArn, definition) => store.put(KIND, stateMachineArn, definition),
    async remove(stateMachineArn) {
      await store.delete(KIND, stateMachineArn)
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
      execute(scope, waiter, input)
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
