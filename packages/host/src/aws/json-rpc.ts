// AWS json 1.0 and 1.1 (Smithy, `aws.protocols#awsJson1_1`): everything in one JSON body, the
// operation in X-Amz-Target.
import type { AnswerContext, Codec, WireAnswer } from './codec.ts'
import { decodeJsonMembers, parseJsonBody } from './decode.ts'
import { encodeJson } from './encode.ts'
import { encodeJsonFault } from './json-fault.ts'
import type { Operation } from './service-model.ts'

export const jsonRpc: Codec = {
  decode: ({ input }, { body }) => (input ? decodeJsonMembers(input, parseJsonBody(body)) : {}),
  encode: encodeOutput,
  encodeFault: encodeJsonFault,
}

function encodeOutput(
  { output: shape }: Operation,
  output: unknown,
  context: AnswerContext,
): WireAnswer {
  const headers = { 'content-type': `application/x-amz-json-${context.model.jsonVersion}` }
  const value = shape && encodeJson(shape, output, 'unixTimestamp')
  return { status: 200, headers, body: value === undefined ? '' : JSON.stringify(value) }
}
