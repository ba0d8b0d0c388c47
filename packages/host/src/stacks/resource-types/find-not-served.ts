import type { Properties } from './read-properties.ts'

type Sentences = Readonly<Record<string, string>>

/** What a template asks for and this host has not, by the paths of a table; empty forms ask for nothing. */
export function findNotServed(
  properties: Properties,
  notServed: Sentences = {},
): readonly string[] {
  return Object.entries(notServed).flatMap(([path, sentence]) => {
    const [places, wanted] = path.split('=') as [string, string | undefined]
    const found = findValues(properties, places.split('/'))
    const isAsked = found.some((it) =>
      wanted === undefined ? hasContent(it) : String(it) === wanted,
    )
    return isAsked ? [`${places} cannot be had: ${sentence}`] : []
  })
}

function findValues(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (name === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  if (name === '*') return Object.values(value).flatMap((item) => findValues(item, rest))
  return findValues((value as Properties)[name], rest)
}

function hasContent(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false
  if (typeof value !== 'object') return true
  return Object.values(value).some((item) => (typeof item === 'object' ? hasContent(item) : true))
}
