import type { Properties } from './properties.ts'

/**
 * Whether properties ask for something: `TargetConfiguration/Mcp/OpenApiSchema` for anything that is
 * not empty there, `LambdaConfig/*` for any member, `Type=Value` for one value.
 */
export function isAsked(properties: Properties, path: string): boolean {
  const [place = '', wanted] = path.split('=')
  const found = findValues(properties, place.split('/'))
  return found.some((it) => (wanted === undefined ? hasContent(it) : it === wanted))
}

/** A path as a person is told it. */
export function showPath(path: string): string {
  return path.replace(/\/\*$/, '').replace('=', ' ')
}

function findValues(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (name === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  if (name === '*') return Object.values(value).flatMap((item) => findValues(item, rest))
  return findValues((value as Properties)[name], rest)
}

function hasContent(value: unknown): boolean {
  if (typeof value !== 'object') return ![undefined, '', false, 'false'].includes(value as string)
  if (value === null) return false
  return Object.values(value).some((item) => (typeof item === 'object' ? hasContent(item) : true))
}
