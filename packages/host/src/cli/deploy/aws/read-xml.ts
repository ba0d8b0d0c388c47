// The XML that CloudFormation and S3 answer with: elements and text, no more. Not a reader for XML from
// strangers: there are no doctypes, so no entities to expand, and what is not well-formed is refused.
import { HostError } from '../../../kernel/host-error.ts'

export interface XmlElement {
  readonly name: string
  /** The text directly inside, unescaped. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

interface OpenElement {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

const TOKEN = /<(?:\?[^>]*\?|!--.*?--)>|<(\/)?([\w:.-]+)(?:\s[^<>]*?)?(\/)?>|([^<]+)/gsy

/** The root element. */
export function readXml(xml: string): XmlElement {
  const top: OpenElement = { name: '', text: '', children: [] }
  const open = [top]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < xml.length) {
    const found = TOKEN.exec(xml)
    if (found === null) throw malformed()
    const [, closes, name, isEmpty, text] = found
    const current = open.at(-1)
    if (current === undefined) throw malformed()
    if (text !== undefined) current.text += unescapeXml(text)
    else if (closes !== undefined) {
      if (current.name !== name || open.length === 1) throw malformed()
      open.pop()
    } else if (name !== undefined) {
      const element: OpenElement = { name, text: '', children: [] }
      current.children.push(element)
      if (isEmpty === undefined) open.push(element)
    }
  }
  const [root] = top.children
  if (root === undefined || open.length !== 1) throw malformed()
  return root
}

/** The first child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((it) => it.name === name)
}

/** The text of the child of that name. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text
}

/** The elements of a list: `<Name><member>…</member></Name>`. */
export function membersOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return childOf(element, name)?.children.filter((it) => it.name === 'member') ?? []
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all: string, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[String(name)] ?? all
      const point = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : all
    },
  )
}

function malformed(): HostError {
  return new HostError('ERR_TARGET_FAILED', 'The host answered with XML that is not well-formed')
}
