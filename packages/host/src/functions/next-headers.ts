import type { OutgoingHttpHeaders } from 'node:http'
import { configuredArn, type FunctionConfiguration } from './function-configuration.ts'
import type { Invocation } from './invocation.ts'

/** The headers of `GET …/invocation/next`; only those that have a value are sent. */
export function nextHeaders(
  { requestId, clientContext, invokedFunctionArn }: Invocation,
  configuration: FunctionConfiguration,
  now: number,
): OutgoingHttpHeaders {
  return {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': requestId,
    'Lambda-Runtime-Deadline-Ms': String(now + configuration.timeoutMs),
    'Lambda-Runtime-Invoked-Function-Arn': invokedFunctionArn || configuredArn(configuration),
    ...(clientContext !== '' && { 'Lambda-Runtime-Client-Context': asciiJson(clientContext) }),
  }
}

/** The same JSON in characters a header may have. */
function asciiJson(json: string): string {
  return json
    .replaceAll(/[\r\n\t]/g, ' ')
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
