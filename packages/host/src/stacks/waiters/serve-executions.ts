// StartExecution of AWS Step Functions (JSON 1.0), which the functions of CDK's provider framework
// call for custom resources that take their time. Nothing else of that API is here.
import type { AwsAuthenticator } from '../../aws/authenticate.ts'
import { AwsFault } from '../../aws/aws-fault.ts'
import { jsonAnswer, sendAnswer, singleHeader, type Exchange } from '../../http/exchange.ts'
import { readBody } from '../../http/read-body.ts'
import { HostError, type HostErrorCode } from '../../kernel/host-error.ts'
import type { StartedExecution, Waiters } from './waiters.ts'

const TARGET = 'AWSStepFunctions.'
const START_EXECUTION = `${TARGET}StartExecution`
/** Step Functions service quotas: 256 KiB of input. */
const MAX_BODY_BYTES = 512 * 1024
const MAX_INPUT_BYTES = 262_144

const FAULTS: Partial<Record<HostErrorCode, string>> = {
  ERR_NOT_FOUND: 'StateMachineDoesNotExist',
  ERR_LIMIT_EXCEEDED: 'ExecutionLimitExceeded',
}

/** Whether a request is one for Step Functions. */
export function isForStepFunctions({ headers }: Exchange): boolean {
  return targetOf(headers['x-amz-target']).startsWith(TARGET)
}

/** One request, from who signed it to the answer. */
export async function serveExecution(
  exchange: Exchange,
  context: { readonly authenticator: AwsAuthenticator; readonly waiters: Waiters },
): Promise<void> {
  const headers = { 'content-type': 'application/x-amz-json-1.0' }
  try {
    const { executionArn, startedAt } = await startExecution(exchange, context)
    const answer = { executionArn, startDate: startedAt.getTime() / 1_000 }
    sendAnswer(exchange.response, jsonAnswer(200, answer, headers))
  } catch (error) {
    const { name, status, message } = readFault(error)
    sendAnswer(exchange.response, jsonAnswer(status, { __type: name, message }, headers))
  }
}

async function startExecution(
  exchange: Exchange,
  {
    authenticator,
    waiters,
  }: { readonly authenticator: AwsAuthenticator; readonly waiters: Waiters },
): Promise<StartedExecution> {
  if (targetOf(exchange.headers['x-amz-target']) !== START_EXECUTION) {
    const message = 'Of Step Functions only StartExecution is served here'
    throw new AwsFault('UnknownOperationException', 400, message)
  }
  const claim = authenticator.claim(exchange)
  const body = await readBody(exchange.request, MAX_BODY_BYTES)
  if (body === undefined) {
    exchange.response.setHeader('connection', 'close') // the rest stays unread
    throw new AwsFault('InvalidExecutionInput', 400, 'The input is longer than 262144 bytes')
  }
  const { stateMachineArn, input } = readInput(claim.confirm(body))
  return waiters.start(claim.caller.scope, stateMachineArn, input)
}

function readInput(body: Uint8Array) {
  const { stateMachineArn, input = '{}' } = parse(Buffer.from(body).toString('utf8'))
  if (typeof stateMachineArn !== 'string') {
    throw new AwsFault('InvalidArn', 400, 'stateMachineArn is missing')
  }
  if (typeof input !== 'string' || Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    throw new AwsFault('InvalidExecutionInput', 400, 'The input is no text of at most 262144 bytes')
  }
  return { stateMachineArn, input }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // said below
  }
  throw new AwsFault('SerializationException', 400, 'The body is not a JSON object')
}

function readFault(error: unknown) {
  if (error instanceof AwsFault) {
    return { name: error.errorName, status: error.status, message: error.message }
  }
  const name = error instanceof HostError ? FAULTS[error.code] : undefined
  if (name !== undefined && error instanceof HostError) {
    return { name, status: 400, message: error.message }
  }
  return { name: 'InternalFailure', status: 500, message: 'The request failed unexpectedly' }
}

function targetOf(header: string | string[] | undefined): string {
  return singleHeader(header) ?? ''
}
