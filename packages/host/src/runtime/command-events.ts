// The event stream of InvokeAgentRuntimeCommand (service model 2024-02-28; Smithy, Amazon event stream
// specification). Loaded with the first command.
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { describeAwsFault, type RuntimeFault } from './fault.ts'

/** What a `chunk` event holds: exactly one of these. */
export type CommandEvent =
  | { readonly contentStart: object }
  | { readonly contentDelta: { readonly stdout?: string; readonly stderr?: string } }
  | { readonly contentStop: { readonly exitCode: number; readonly status: CommandStatus } }

export type CommandStatus = 'COMPLETED' | 'TIMED_OUT'

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text),
)

export function encodeCommandEvent(event: CommandEvent): Uint8Array {
  return encode({ ':message-type': 'event', ':event-type': 'chunk' }, event)
}

/** A failure after the answer has begun, under the name of the union's member. */
export function encodeCommandFault(fault: RuntimeFault): Uint8Array {
  const { awsName } = fault
  const exceptionType = awsName.charAt(0).toLowerCase() + awsName.slice(1)
  const headers = { ':message-type': 'exception', ':exception-type': exceptionType }
  return encode(headers, describeAwsFault(fault))
}

function encode(headers: Readonly<Record<string, string>>, body: object): Uint8Array {
  const all = Object.entries({ ...headers, ':content-type': 'application/json' })
  return codec.encode({
    headers: Object.fromEntries(all.map(([name, value]) => [name, { type: 'string', value }])),
    body: Buffer.from(JSON.stringify(body)),
  })
}
