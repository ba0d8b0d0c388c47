// The XML that S3 clients send: elements and text. Attributes are read over (a namespace at most), a
// document type is refused: nothing outside the document is ever looked at.
import { AwsFault } from '../../aws/aws-fault.ts'

export interface XmlElement {
  readonly name: string
  readonly children: readonly XmlElement[]
  readonly text: string
}

const MAX_DEPTH = 16

/** What one step may read: an end, a start, or text; one alternative each, so that none is read twice. */
const TOKEN =
  /<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|([^<]+)/y

/** The root element of a document with this name, or `MalformedXML`. */
export function readXml(text: string, rootName: string): XmlElement {
  const top: Building = { name: '', children: [], text: '' }
  const open: Building[] = [top]
  const document = text.replace(/^\uFEFF/, '')
  TOKEN.lastIndex = 0
  for (let at = 0; at < document.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(document)
    const inner = open.at(-1)
    if (found === null || inner === undefined) throw malformed()
    const [, end, start, , isEmpty, literal, characters] = found
    if (end !== undefined) {
      if (open.length === 1 || inner.name !== localName(end)) throw malformed()
      open.pop()
    } else if (start !== undefined) {
      const element: Building = { name: localName(start), children: [], text: '' }
      inner.children.push(element)
      if (isEmpty === '') open.push(element)
      if (open.length > MAX_DEPTH) throw malformed()
    } else inner.text += literal ?? (characters === undefined ? '' : unescape(characters))
  }
  const [root, ...others] = top.children
  if (open.length > 1 || others.length > 0 || root?.name !== rootName) throw malformed()
  return root
}

interface Building {
  readonly name: string
  readonly children: Building[]
  text: string
}

/** The text of the first child with this name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim()
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));|&/g, (...found) => {
    const [, decimal, hex, name] = found as unknown as readonly (string | undefined)[]
    const code = decimal ?? (hex === undefined ? undefined : String(Number.parseInt(hex, 16)))
    if (code !== undefined && Number(code) <= 0x10_ff_ff) return String.fromCodePoint(Number(code))
    const character = name === undefined ? undefined : NAMED[name]
    if (character === undefined) throw malformed()
    return character
  })
}

export function malformed(): AwsFault {
  const message =
    'The XML you provided was not well-formed or did not validate against our published schema'
  return new AwsFault('MalformedXML', 400, message)
}
