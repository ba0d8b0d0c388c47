import { HostError } from '../../kernel/host-error.ts'
import type { ResourceContext } from '../resource-type.ts'
import { customResourceEvent, requestIdOf, type RequestContent } from './custom-resource-event.ts'
import type { FunctionEnding, ProviderPorts } from './ports.ts'
import { readResponse, type CustomResourceResponse } from './read-response.ts'
import type { ReceivedResponse } from './responses.ts'
import { serviceTimeoutSeconds, serviceTokenOf } from './service-properties.ts'

/** What became of a request for a custom resource. */
export type ProviderAnswer =
  | {
      readonly kind: 'answered'
      readonly requestId: string
      readonly response: CustomResourceResponse
    }
  /** The function saw the event, and what it did then nobody knows. */
  | { readonly kind: 'unanswered'; readonly reason: string }

/**
 * Invokes the function behind a custom resource and waits for its response, which may come long after
 * the function has ended, from somewhere else. Rejects when the function never saw the event.
 *
 * Different from CloudFormation: a function that fails without a response fails the resource at once.
 * There it is invoked twice more, and waited for until the ServiceTimeout.
 */
export async function askProvider(
  { invokeFunction, responses }: ProviderPorts,
  context: ResourceContext,
  content: RequestContent,
): Promise<ProviderAnswer> {
  const { properties, requestType } = content
  const functionArn = serviceTokenOf(properties)
  const limitSeconds = serviceTimeoutSeconds(properties)
  const requestId = requestIdOf(context, requestType)
  using expected = responses.expect()
  const event = customResourceEvent(context, content, { requestId, responseUrl: expected.url })
  using limit = startLimit(limitSeconds, context.signal)
  const invocation = invokeFunction(functionArn, event, {
    scope: context.scope,
    signal: limit.signal,
  })
  invocation.catch(() => {}) // once there is a response, how it ends is its own affair
  const ended = await Promise.race([
    expected.received,
    untilFailure(invocation, () => report(context, limitSeconds)),
    limit.ended,
  ])
  if (ended === 'too-late') return { kind: 'unanswered', reason: noResponse(requestId) }
  if (!isEnding(ended)) {
    const response = readResponse(ended, requestType)
    return { kind: 'answered', requestId, response }
  }
  if (ended.kind === 'not-started') throw new HostError('ERR_TARGET_FAILED', ended.reason)
  return { kind: 'unanswered', reason: `${ended.reason} (RequestId: ${requestId})` }
}

/** Resolves when the function fails; one that returned may still be answered for. */
async function untilFailure(
  invocation: Promise<FunctionEnding>,
  onReturned: () => void,
): Promise<Exclude<FunctionEnding, { kind: 'returned' }>> {
  const ending = await invocation
  if (ending.kind !== 'returned') return ending
  onReturned()
  return new Promise(() => {})
}

function report(context: ResourceContext, limitSeconds: number): void {
  context.report(
    `The function has returned; its response is waited for, ${limitSeconds} seconds in all`,
  )
}

/** In the words of CloudFormation. */
function noResponse(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}].`
}

function isEnding(
  ended: ReceivedResponse | FunctionEnding,
): ended is Exclude<FunctionEnding, { kind: 'returned' }> {
  return ended.kind === 'failed' || ended.kind === 'not-started'
}

interface Limit extends Disposable {
  /** Resolves when the time is over; rejects when the operation is called off. */
  readonly ended: Promise<'too-late'>
  readonly signal: AbortSignal
}

function startLimit(seconds: number, outer: AbortSignal): Limit {
  const controller = new AbortController()
  const { promise: ended, resolve, reject } = Promise.withResolvers<'too-late'>()
  const timer = setTimeout(() => resolve('too-late'), seconds * 1_000)
  const stop = () => reject(outer.reason)
  outer.addEventListener('abort', stop)
  if (outer.aborted) stop()
  ended.catch(() => {}) // told where it is awaited, if it still is
  return {
    ended,
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      controller.abort() // one that has not begun is not needed any more; one that runs goes on
      outer.removeEventListener('abort', stop)
    },
  }
}
