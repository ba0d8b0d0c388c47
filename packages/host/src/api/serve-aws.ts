import type { AuthenticationClaim, AwsAuthenticator } from '../aws/authenticate.ts'
import { AwsFault } from '../aws/aws-fault.ts'
import type { AwsCaller } from '../aws/caller.ts'
import type { WireAnswer } from '../aws/codec.ts'
import { isSigned } from '../aws/signature-claim.ts'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { readBody } from '../http/read-body.ts'
import { stackOf } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { Service } from './create-service.ts'
import { readFault } from './faults.ts'
import { findOperation, findService } from './find-operation.ts'
import type { Idempotency } from './idempotency.ts'
import type { AwsCall } from './operation.ts'
import { findHandler, perform } from './perform.ts'

export interface AwsContext {
  readonly services: readonly Service[]
  readonly authenticator: AwsAuthenticator
  readonly idempotency: Idempotency
  readonly log: Log
}

/** One AWS request, from who signed it to the answer. Any line may refuse. */
export async function serveAws(exchange: Exchange, context: AwsContext): Promise<void> {
  const service = findService(exchange, context.services)
  const answer = service
    ? await answerRequest(exchange, service, context)
    : refuseUnknownService(exchange)
  const { status, headers, body } = answer
  const bytes =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  sendAnswer(exchange.response, {
    status,
    headers: { ...headers, 'x-amzn-requestid': exchange.requestId },
    body: bytes,
  })
}

async function answerRequest(
  exchange: Exchange,
  service: Service,
  context: AwsContext,
): Promise<WireAnswer> {
  const { codec, model, faults } = service
  const { requestId } = exchange
  try {
    const claim = readClaim(exchange, service, context.authenticator)
    const body = claim.confirm(await readWholeBody(exchange, service.maxBodyBytes))
    const found = findOperation(service, exchange, body)
    findHandler(service, found.operation) // before the input is judged
    const { query, headers } = exchange
    const input = codec.decode(found.operation, { query, headers, body, labels: found.labels })
    const call = createCall(exchange, claim.caller)
    return await perform({ service, ...found, input, call }, context)
  } catch (error) {
    const { fault, isUnexpected } = readFault(error, model, faults, requestId)
    if (isUnexpected && !exchange.response.destroyed) logUnexpected(exchange, error, context.log)
    return codec.encodeFault(fault, { model, requestId })
  }
}

/** Who says they signed; operations that anybody may call (a login) need no signature. */
function readClaim(
  exchange: Exchange,
  service: Service,
  authenticator: AwsAuthenticator,
): AuthenticationClaim {
  if (isSigned(exchange) || !isUnsignedOperation(exchange, service)) {
    return authenticator.claim(exchange)
  }
  return { caller: ANYBODY, service: service.signingName, confirm: (body) => body ?? NOTHING }
}

const NOTHING = new Uint8Array()
const ANYBODY: AwsCaller = {
  scope: DEFAULT_SCOPE,
  accessKeyId: 'anonymous',
  arn: `arn:aws:iam::${DEFAULT_SCOPE.accountId}:anonymous`,
  userId: 'anonymous',
}

function isUnsignedOperation(exchange: Exchange, service: Service): boolean {
  if (service.model.protocol === 'query') return false // its operation is in the body
  return findOperation(service, exchange, NOTHING).operation.isUnsigned
}

async function readWholeBody(
  { request, response, headers }: Exchange,
  maxBytes: number,
): Promise<Uint8Array> {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers
  if (length === '0' && encoding === undefined) return NOTHING // there is nothing to wait for
  const body = await readBody(request, maxBytes)
  if (body !== undefined) return body
  response.setHeader('connection', 'close') // the rest stays unread
  throw new AwsFault(
    'RequestEntityTooLargeException',
    413,
    `The request body is longer than ${maxBytes} bytes`,
  )
}

function createCall(exchange: Exchange, caller: AwsCaller): AwsCall {
  return {
    caller,
    scope: caller.scope,
    requestId: exchange.requestId,
    baseUrl: exchange.baseUrl,
    get signal() {
      return exchange.signal
    },
  }
}

function refuseUnknownService({ method, path }: Exchange): WireAnswer {
  const message = `No service here answers ${method} ${path.slice(0, 200)}`
  const headers = {
    'content-type': 'application/json',
    'x-amzn-errortype': 'UnknownOperationException',
  }
  return { status: 404, headers, body: JSON.stringify({ message }) }
}

function logUnexpected({ requestId, path }: Exchange, error: unknown, log: Log): void {
  log.error('Unexpected error', { requestId, path, cause: stackOf(error) })
}
