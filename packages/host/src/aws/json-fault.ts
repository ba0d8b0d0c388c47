import type { AwsFault } from './aws-fault.ts'
import type { AnswerContext, WireAnswer } from './codec.ts'

/**
 * A fault of a JSON protocol. The name travels twice, as a header (rest-json) and as `__type` (json);
 * every SDK reads one of them. Whether it is `message` or `Message`, and whether the fault says whose
 * mistake it was (Lambda's `Type`), is the model's choice.
 */
export function encodeJsonFault(fault: AwsFault, { model }: AnswerContext): WireAnswer {
  const { errorName, status, message } = fault
  const shape = model.errors.get(errorName)
  const text = shape?.members.has('Message') ? 'Message' : 'message'
  const type = shape?.members.has('Type') && { Type: status < 500 ? 'User' : 'Server' }
  return {
    status,
    headers: {
      'content-type':
        model.protocol === 'json'
          ? `application/x-amz-json-${model.jsonVersion}`
          : 'application/json',
      'x-amzn-errortype': errorName,
      ...fault.headers,
    },
    body: JSON.stringify({ __type: errorName, ...type, [text]: message, ...fault.members }),
  }
}
