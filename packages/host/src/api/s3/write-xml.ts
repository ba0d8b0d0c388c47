/** What stands in an element: text, members by name in their order, or the same element again. */
export type XmlContent =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly XmlContent[]
  | { readonly [name: string]: XmlContent }

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** A document as S3 answers with; members that are undefined are left out. */
export function writeXml(name: string, content: XmlContent): string {
  const body = writeContent(content)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${body}</${name}>`
}

/** An error has no namespace (Amazon S3 API reference, "Error responses"). */
export function writeErrorXml(content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement('Error', content)}`
}

function writeElement(name: string, content: XmlContent): string {
  if (content === undefined) return ''
  if (isList(content)) return content.map((item) => writeElement(name, item)).join('')
  return `<${name}>${writeContent(content)}</${name}>`
}

function writeContent(content: XmlContent): string {
  if (content === undefined) return ''
  if (content instanceof Date) return content.toISOString()
  if (isList(content)) throw new Error('A list needs the name of its elements')
  if (typeof content !== 'object') return escapeXml(String(content))
  return Object.entries(content)
    .map(([name, value]) => writeElement(name, value))
    .join('')
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content)
}

function escapeXml(text: string): string {
  // oxlint-disable-next-line no-control-regex -- what a document may not hold as it is
  return text.replaceAll(/[&<>"\0-\u0008\u000A-\u001F\u007F]/g, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return NAMED[character] ?? `&#${character.charCodeAt(0)};`
}

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
