import { AwsFault } from '../../aws/aws-fault.ts'
import { LAMBDA_QUOTAS } from '../../functions/quotas.ts'
import { errorMessage, HostError } from '../../kernel/host-error.ts'
import type { InvocationRequest } from './shapes.ts'

const MAX_CLIENT_CONTEXT_BYTES = 3_583

/** The event as JSON text; nothing is the same as an empty object. */
export function readEvent({ Payload, InvocationType = 'RequestResponse' }: InvocationRequest) {
  if (Payload === undefined || Payload.byteLength === 0) return '{}'
  const limit =
    InvocationType === 'Event'
      ? LAMBDA_QUOTAS.maxAsyncPayloadBytes
      : LAMBDA_QUOTAS.maxSyncPayloadBytes
  if (Payload.byteLength > limit) {
    throw new AwsFault(
      'RequestTooLargeException',
      413,
      `${Payload.byteLength} byte payload is too large for the ${InvocationType} invocation type (limit ${limit} bytes)`,
    )
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Payload)
    JSON.parse(text)
    return text
  } catch (cause) {
    throw new AwsFault(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${errorMessage(cause)}`,
      { cause },
    )
  }
}

/** The client context as JSON text, as a function's runtime gets it. */
export function readClientContext(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  if (Buffer.byteLength(header) > MAX_CLIENT_CONTEXT_BYTES) {
    throw new AwsFault(
      'InvalidRequestContentException',
      400,
      `The client context has more than ${MAX_CLIENT_CONTEXT_BYTES} bytes`,
    )
  }
  const text = Buffer.from(header, 'base64').toString('utf8')
  if (isObject(text)) return text
  throw new AwsFault(
    'InvalidRequestContentException',
    400,
    'Client context must be a valid Base64-encoded JSON object.',
  )
}

/** Refuses what no function here has. */
export function checkInvocation({ DurableExecutionName, TenantId }: InvocationRequest): void {
  if (DurableExecutionName !== undefined) {
    throw new HostError('ERR_NOT_SUPPORTED', 'Executions are not durable here')
  }
  if (TenantId !== undefined) {
    throw new HostError('ERR_NOT_SUPPORTED', 'Tenants are not isolated here')
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false // the caller is told what it must be
  }
}
