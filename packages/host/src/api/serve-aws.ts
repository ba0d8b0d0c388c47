import type { AuthenticationClaim, AwsAuthenticator } from '../aws/authenticate.ts'
import { AwsFault } from '../aws/aws-fault.ts'
import type { AwsCaller } from '../aws/caller.ts'
import type { WireAnswer } from '../aws/codec.ts'
import type { Operation } from '../aws/service-model.ts'
import { isSigned } from '../aws/signature-claim.ts'
import { findViolations } from '../aws/validate.ts'
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { readBody } from '../http/read-body.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE, scopeKey } from '../kernel/scope.ts'
import type { Service } from './create-service.ts'
import { readFault, unknownOperation, violationsFault } from './faults.ts'
import { findOperation, findService, type FoundOperation } from './find-operation.ts'
import { findClientToken, type Idempotency } from './idempotency.ts'
import type { AwsCall } from './operation.ts'
import { findTokenInput, findTokenOutput, formatPageToken, parsePageToken } from './page-token.ts'

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
    const handler = findHandler(service, found.operation)
    const { query, headers } = exchange
    const input = codec.decode(found.operation, { query, headers, body, labels: found.labels })
    checkInput(input, found.operation, service)
    const call = createCall(exchange, claim.caller)
    const list = describeList(found, call)
    openPageToken(input, found.operation, list)

    const work = async () => {
      const output = (await handler(input as never, call)) ?? {}
      const sealed = closePageToken(output, found.operation, list)
      return codec.encode(found.operation, sealed, { model, requestId })
    }
    const token = takeClientToken(input, found.operation)
    if (token === undefined) return await work()
    const owner = `${service.name}.${found.operation.name} ${scopeKey(call.scope)}`
    return await context.idempotency.once({ owner, token, input }, work)
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

function findHandler(service: Service, { name }: Operation) {
  const handler = service.handlers.get(name)
  if (handler !== undefined) return handler
  throw unknownOperation(
    `${service.model.serviceId}: ${name} is not served by this host, see docs/compatibility.md`,
    service.model,
  )
}

function checkInput(input: object, { input: shape }: Operation, service: Service): void {
  const violations = shape ? findViolations(shape, input) : []
  if (violations.length > 0) throw violationsFault(violations, service.model, service.faults)
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

/** Everything that makes one list different from another. */
function describeList({ operation, labels }: FoundOperation, { scope }: AwsCall): string {
  return `${operation.name} ${scopeKey(scope)} ${JSON.stringify(labels)}`
}

function openPageToken(input: Record<string, unknown>, operation: Operation, list: string): void {
  const name = findTokenInput(operation)
  const token = name === undefined ? undefined : input[name]
  if (name === undefined || typeof token !== 'string') return
  const key = parsePageToken(token, list)
  if (key === undefined) {
    throw new HostError('ERR_INVALID_INPUT', `The ${name} is not one that this list gave`)
  }
  input[name] = key
}

function closePageToken(output: object, operation: Operation, list: string): object {
  const name = findTokenOutput(operation)
  if (name === undefined) return output
  const key = (output as Readonly<Record<string, unknown>>)[name]
  return typeof key === 'string' ? { ...output, [name]: formatPageToken(key, list) } : output
}

function takeClientToken(input: Record<string, unknown>, operation: Operation): string | undefined {
  const name = findClientToken(operation)
  if (name === undefined) return undefined
  const { [name]: token } = input
  delete input[name]
  return typeof token === 'string' ? token : undefined
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
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log.error('Unexpected error', { requestId, path, cause })
}
