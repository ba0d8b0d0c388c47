// AWS query (Smithy, `aws.protocols#awsQuery`): a form goes in (`Tags.member.1.Key=…`), XML comes out.
// Flattened lists and maps do not occur in the models served here and are not read; neither do maps in
// outputs.
import type { AnswerContext, Codec, WireAnswer, WireRequest } from './codec.ts'
import { decodeText } from './decode.ts'
import { encodeText, presentMembers } from './encode.ts'
import type { Operation, Shape } from './service-model.ts'

const XML = { 'content-type': 'text/xml' }

export const query: Codec = {
  decode: ({ input }, request) => (input ? decodeStructure(input, readTree(request)) : {}),
  encode: encodeOutput,
  encodeFault: ({ errorName, status, message, headers }, context) => ({
    status,
    headers: { ...XML, 'x-amzn-errortype': errorName, ...headers },
    body: [
      `<ErrorResponse xmlns="${escapeXml(context.model.xmlNamespace)}">`,
      `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`,
      `<Code>${escapeXml(errorName)}</Code><Message>${escapeXml(message)}</Message></Error>`,
      `<RequestId>${escapeXml(context.requestId)}</RequestId></ErrorResponse>`,
    ].join(''),
  }),
}

/** The parameters of a request: its form, or (GET) its query. */
export function readForm({ body, query }: Pick<WireRequest, 'body' | 'query'>): URLSearchParams {
  return new URLSearchParams(body.byteLength > 0 ? Buffer.from(body).toString('utf8') : query)
}

/** `Tags.member.1.Key=…` as a tree, so that looking for a member costs one look. */
interface FormNode {
  text: string | undefined
  readonly children: Map<string, FormNode>
}

/** Deeper than any model goes. */
const MAX_DEPTH = 20

function readTree(request: WireRequest): FormNode {
  const root = createNode()
  for (const [name, text] of readForm(request)) {
    let node = root
    for (const part of name.split('.', MAX_DEPTH)) {
      let next = node.children.get(part)
      if (next === undefined) node.children.set(part, (next = createNode()))
      node = next
    }
    node.text ??= text
  }
  return root
}

function createNode(): FormNode {
  return { text: undefined, children: new Map() }
}

function decodeStructure(shape: Shape, { children }: FormNode): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const member of shape.members.values()) {
    const node = children.get(member.wireName)
    const value = node && decodeValue(member.shape, node)
    if (value !== undefined) input[member.name] = value
  }
  return input
}

function decodeValue(shape: Shape, node: FormNode): unknown {
  if (shape.type === 'list') return decodeList(shape, node)
  if (shape.type === 'map') return decodeMap(shape, node)
  if (shape.type === 'structure') {
    return node.children.size > 0 ? decodeStructure(shape, node) : undefined
  }
  return node.text === undefined ? undefined : decodeText(shape, node.text)
}

/** An empty list is sent as the bare name. */
function decodeList({ element }: Shape, node: FormNode): unknown[] {
  const items: unknown[] = []
  const children = node.children.get('member')?.children
  if (element === undefined || children === undefined) return items
  for (let index = 1; index <= children.size; index++) {
    const child = children.get(String(index))
    const item = child && decodeValue(element, child)
    if (item === undefined) break
    items.push(item)
  }
  return items
}

/** `Properties.entry.1.key=…&Properties.entry.1.value=…` */
function decodeMap({ key, value }: Shape, node: FormNode): Record<string, unknown> {
  const entries: [string, unknown][] = []
  const children = node.children.get('entry')?.children
  if (key === undefined || value === undefined || children === undefined) return {}
  for (let index = 1; index <= children.size; index++) {
    const child = children.get(String(index))?.children
    const name = child?.get('key')?.text
    const item = child?.get('value')
    if (name === undefined || item === undefined) break
    entries.push([name, decodeValue(value, item)])
  }
  return Object.fromEntries(entries)
}

function encodeOutput(operation: Operation, output: unknown, context: AnswerContext): WireAnswer {
  const { name, output: shape, resultWrapper = `${name}Result` } = operation
  const members = shape ? encodeMembers(shape, output) : ''
  const body = [
    `<${name}Response xmlns="${escapeXml(context.model.xmlNamespace)}">`,
    `<${resultWrapper}>${members}</${resultWrapper}>`,
    `<ResponseMetadata><RequestId>${escapeXml(context.requestId)}</RequestId></ResponseMetadata>`,
    `</${name}Response>`,
  ].join('')
  return { status: 200, headers: XML, body }
}

function encodeMembers(shape: Shape, value: unknown): string {
  let xml = ''
  for (const [member, item] of presentMembers(shape, value)) {
    xml += `<${member.wireName}>${encodeXml(member.shape, item)}</${member.wireName}>`
  }
  return xml
}

function encodeXml(shape: Shape, value: unknown): string {
  const { element } = shape
  if (shape.type === 'structure') return encodeMembers(shape, value)
  if (element === undefined) return escapeXml(encodeText(shape, value, 'iso8601'))
  return (value as readonly unknown[])
    .map((item) => `<member>${encodeXml(element, item)}</member>`)
    .join('')
}

/** XML 1.0 has no place at all for most control characters; they become the replacement character. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
