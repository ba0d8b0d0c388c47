import { childrenOf, childText, malformed, type XmlElement } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

/** The pairs of a `Tagging` document, as they stand there. */
export function readTagSet(document: XmlElement): readonly (readonly [string, string])[] {
  const [set] = childrenOf(document, 'TagSet')
  if (set === undefined) throw malformed()
  return childrenOf(set, 'Tag').map((tag) => {
    const [key, value] = [childText(tag, 'Key'), childText(tag, 'Value')]
    if (key === undefined || value === undefined) throw malformed()
    return [key, value] as const
  })
}

export function writeTagSet(tags: Readonly<Record<string, string>>): string {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return writeXml('Tagging', { TagSet: { Tag: list } })
}
