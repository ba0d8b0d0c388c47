// Invoke: run a function and wait, run it later, or only look whether one might.
//
// Different from Lambda: the caller's own account may invoke whatever it has, because there are no
// identity policies here. What is missing: invocations through event sources and function URLs,
// response streaming, tenants, durable executions.
import { AwsFault } from '../../aws/aws-fault.ts'
import { checkInvoker } from '../../functions/check-invoker.ts'
import { functionNotFound, qualifiedArn } from '../../functions/function-identifier.ts'
import type { FunctionRecord } from '../../functions/function-record.ts'
import type { SelectedFunction } from '../../functions/functions.ts'
import { LogTail } from '../../functions/log-tail.ts'
import type { AwsCall, Handlers } from '../operation.ts'
import { describeFunctionError } from './function-error.ts'
import { readFunctionName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import { checkInvocation, readClientContext, readEvent } from './read-invocation.ts'
import type { InvocationRequest, InvocationResponse, LambdaOperations } from './shapes.ts'

export function invokeOperation({
  functions,
  control,
}: LambdaContext): Handlers<Pick<LambdaOperations, 'Invoke'>> {
  return {
    async Invoke(request, call) {
      const named = readFunctionName(call, request.FunctionName, request.Qualifier)
      const arn = qualifiedArn(named)
      const selected = functions.find(arn)
      checkInvoker(selected?.record, named, call.caller)
      if (selected === undefined) throw functionNotFound(named)
      checkInvocation(request)
      const event = readEvent(request)
      const clientContext = readClientContext(request.ClientContext)
      const executed = { ExecutedVersion: selected.version.version }
      switch (request.InvocationType ?? 'RequestResponse') {
        case 'DryRun':
          return { StatusCode: 204, ...executed }
        case 'Event':
          control.events.add(arn, event, call.requestId)
          return { StatusCode: 202 }
        case 'RequestResponse':
          return { ...executed, ...(await invoke(selected, event, clientContext, request, call)) }
      }
    },
  }
}

async function invoke(
  selected: SelectedFunction,
  event: string,
  clientContext: string | undefined,
  { LogType }: InvocationRequest,
  { requestId, signal }: AwsCall,
): Promise<InvocationResponse> {
  const logTail = LogType === 'Tail' ? new LogTail() : undefined
  const outcome = await selected.invoke(event, {
    requestId,
    signal,
    ...(clientContext !== undefined && { clientContext }),
    ...(logTail && { logTail }),
  })
  if (outcome.kind === 'throttled') throw throttled(selected.record)
  const log = logTail && { LogResult: logTail.read().toString('base64') }
  if (outcome.kind === 'returned') {
    return { StatusCode: 200, Payload: Buffer.from(outcome.payload), ...log }
  }
  const { runtime } = selected.version.settings
  const error = describeFunctionError(outcome, { requestId, runtime })
  return {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    Payload: Buffer.from(JSON.stringify(error)),
    ...log,
  }
}

function throttled({ reservedConcurrency }: FunctionRecord): AwsFault {
  const isReserved = reservedConcurrency !== undefined
  return new AwsFault('TooManyRequestsException', 429, 'Rate Exceeded.', {
    members: {
      Reason: isReserved
        ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
        : 'ConcurrentInvocationLimitExceeded',
    },
    headers: { 'retry-after': '1' },
  })
}
