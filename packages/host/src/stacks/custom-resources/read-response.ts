import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { RequestContent } from './custom-resource-event.ts'
import type { ReceivedResponse } from './responses.ts'

/** What a function answered. */
export type CustomResourceResponse =
  | {
      readonly status: 'SUCCESS'
      /** Empty only as the answer to a deletion. */
      readonly physicalId: string
      readonly data: JsonObject
      readonly noEcho: boolean
    }
  | { readonly status: 'FAILED'; readonly physicalId: string; readonly reason: string }

const MAX_PHYSICAL_ID_BYTES = 1_024

/** Reads a response; refuses, in CloudFormation's words where they are known, what is none. */
export function readResponse(
  received: ReceivedResponse,
  requestType: RequestContent['requestType'],
): CustomResourceResponse {
  if (received.kind === 'too-long') throw invalid('Response object is too long.')
  const response = parseObject(received.text)
  const { Status, Reason, PhysicalResourceId, Data, NoEcho } = response
  const physicalId = typeof PhysicalResourceId === 'string' ? PhysicalResourceId : ''
  if (Status === 'FAILED') {
    return { status: 'FAILED', physicalId, reason: typeof Reason === 'string' ? Reason : '' }
  }
  if (Status !== 'SUCCESS') {
    throw invalid('Invalid response object: Status is neither SUCCESS nor FAILED.')
  }
  const isNameable = physicalId !== '' && Buffer.byteLength(physicalId) <= MAX_PHYSICAL_ID_BYTES
  if (requestType !== 'Delete' && !isNameable) throw invalid('Invalid PhysicalResourceId')
  if (Data !== undefined && Data !== null && !isObject(Data)) {
    throw invalid('Invalid response object: Data is not an object.')
  }
  return { status: 'SUCCESS', physicalId, data: Data ?? {}, noEcho: isTrue(NoEcho) }
}

function parseObject(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json
    if (isObject(value)) return value
  } catch {
    // said below
  }
  throw invalid('Invalid response object: it is not a JSON object.')
}

/** Some handlers send everything as text. */
function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true'
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): HostError {
  return new HostError('ERR_TARGET_FAILED', message)
}
