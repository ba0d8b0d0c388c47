// AWS rest-json (Smithy, `aws.protocols#restJson1`): members in the path, the query, headers and a
// JSON body, or one member that is the body. Event streams are not encoded here: the operations that
// answer with one write their answer themselves.
import type { Codec, WireAnswer, WireRequest } from './codec.ts'
import {
  decodeJson,
  decodeJsonMembers,
  decodeText,
  parseJsonBody,
  serializationFault,
} from './decode.ts'
import { encodeJson, encodeText, presentMembers } from './encode.ts'
import { encodeJsonFault } from './json-fault.ts'
import type { Member, Operation, Shape } from './service-model.ts'

export const restJson: Codec = {
  decode: ({ input }, request) => (input ? decodeInput(input, request) : {}),
  encode: encodeOutput,
  encodeFault: encodeJsonFault,
}

function decodeInput(shape: Shape, request: WireRequest): Record<string, unknown> {
  const input = decodeBody(shape, request.body)
  let query: URLSearchParams | undefined
  for (const member of shape.members.values()) {
    const value = decodeBound(member, request, () => (query ??= new URLSearchParams(request.query)))
    if (value !== undefined) input[member.name] = value
  }
  return input
}

/** A member that travels outside the body; undefined when it does not, or is not there. */
function decodeBound(
  member: Member,
  { labels, headers }: WireRequest,
  query: () => URLSearchParams,
): unknown {
  switch (member.location) {
    case 'uri':
      return decodeLabel(member, labels[member.wireName])
    case 'querystring':
      return decodeQuery(member, query())
    case 'header': {
      const header = headers[member.wireName.toLowerCase()]
      const text = Array.isArray(header) ? header.join(', ') : header
      return text === undefined || text === '' ? undefined : decodeText(member.shape, text)
    }
    case 'headers':
    case 'statusCode':
    case 'body':
      return undefined
  }
}

function decodeBody(shape: Shape, body: Uint8Array): Record<string, unknown> {
  const payload = shape.payload === undefined ? undefined : shape.members.get(shape.payload)
  if (payload === undefined) {
    return decodeJsonMembers(shape, parseJsonBody(body), ({ location }) => location === 'body')
  }
  if (body.byteLength === 0) return {}
  const { name, shape: payloadShape } = payload
  if (payloadShape.type === 'blob') return { [name]: body }
  if (payloadShape.type === 'string') return { [name]: Buffer.from(body).toString('utf8') }
  return { [name]: decodeJson(payloadShape, parseJsonBody(body)) }
}

/** Decoded once, and only now: an encoded slash was part of the label. */
function decodeLabel({ shape }: Member, label: string | undefined): unknown {
  if (label === undefined) return undefined
  let text: string
  try {
    text = decodeURIComponent(label)
  } catch (cause) {
    throw serializationFault('The path is not percent-encoded UTF-8', cause)
  }
  return decodeText(shape, text)
}

function decodeQuery({ shape, wireName }: Member, query: URLSearchParams): unknown {
  if (shape.type === 'list') {
    const { element } = shape
    const texts = query.getAll(wireName)
    if (texts.length === 0 || element === undefined) return undefined
    return texts.map((text) => decodeText(element, text))
  }
  const text = query.get(wireName)
  // `?maxResults=` says nothing about a number; an empty text is one
  if (text === null || (text === '' && shape.type !== 'string')) return undefined
  return decodeText(shape, text)
}

function encodeOutput(operation: Operation, output: unknown): WireAnswer {
  const { output: shape } = operation
  let status = operation.status
  const headers: Record<string, string> = {}
  if (shape === undefined) return { status, headers, body: '' }

  const body: Record<string, unknown> = {}
  let payload: unknown
  for (const [member, value] of presentMembers(shape, output)) {
    if (member.location === 'statusCode') status = value as number
    else if (member.location === 'header') {
      headers[member.wireName.toLowerCase()] = encodeText(member.shape, value, 'rfc822')
    } else if (member.name === shape.payload) {
      payload = member.shape.type === 'blob' ? value : encodeBodyMember(member, value)
    } else body[member.wireName] = encodeBodyMember(member, value)
  }
  if (status === 204) return { status, headers, body: '' }
  headers['content-type'] ??= 'application/json'
  if (payload instanceof Uint8Array) return { status, headers, body: payload }
  if (shape.payload !== undefined) {
    return { status, headers, body: payload === undefined ? '' : JSON.stringify(payload) }
  }
  return { status, headers, body: JSON.stringify(body) }
}

function encodeBodyMember(member: Member, value: unknown): unknown {
  return encodeJson(member.shape, value, 'unixTimestamp')
}
