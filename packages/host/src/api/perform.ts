import type { WireAnswer } from '../aws/codec.ts'
import type { Operation } from '../aws/service-model.ts'
import { findViolations } from '../aws/validate.ts'
import { HostError } from '../kernel/host-error.ts'
import { scopeKey } from '../kernel/scope.ts'
import type { Service } from './create-service.ts'
import { unknownOperation, violationsFault } from './faults.ts'
import type { FoundOperation } from './find-operation.ts'
import { findClientToken, type Idempotency } from './idempotency.ts'
import type { AwsCall } from './operation.ts'
import { findTokenInput, findTokenOutput, formatPageToken, parsePageToken } from './page-token.ts'

/** One operation that somebody may do: its input has been read, and not yet been judged. */
export interface AskedOperation extends FoundOperation {
  readonly service: Service
  /** Changed on the way: client and page tokens are taken out of it. */
  readonly input: Record<string, unknown>
  readonly call: AwsCall
}

/** An operation from its input to its answer, for the wire and for callers inside. Any line may refuse. */
export async function perform(
  asked: AskedOperation,
  { idempotency }: { readonly idempotency: Idempotency },
): Promise<WireAnswer> {
  const { service, operation, input, call } = asked
  const { codec, model } = service
  const handler = findHandler(service, operation)
  checkInput(input, operation, service)
  const list = describeList(asked, call)
  openPageToken(input, operation, list)

  const work = async () => {
    const output = (await handler(input as never, call)) ?? {}
    const sealed = closePageToken(output, operation, list)
    return codec.encode(operation, sealed, { model, requestId: call.requestId })
  }
  const token = takeClientToken(input, operation)
  if (token === undefined) return work()
  const owner = `${service.name}.${operation.name} ${scopeKey(call.scope)}`
  return idempotency.once({ owner, token, input }, work)
}

/** What does an operation; throws the answer to one that is not served. */
export function findHandler(service: Service, { name }: Operation) {
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
