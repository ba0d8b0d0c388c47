/** Nodes of one tool's schemas that are looked at; a document from outside may have millions. */
const MAX_NODES = 500

/** The words of JSON Schemas: what their properties are called, and what is said about them. */
export function schemaTexts(schemas: readonly unknown[]): {
  readonly names: string
  readonly descriptions: string
} {
  const names: string[] = []
  const descriptions: string[] = []
  const waiting = [...schemas]
  for (let looked = 0; looked < MAX_NODES && waiting.length > 0; looked++) {
    const node = waiting.shift()
    if (typeof node !== 'object' || node === null) continue
    for (const [member, value] of Object.entries(node)) {
      if (member === 'description' && typeof value === 'string') descriptions.push(value)
      else if (member === 'properties' && typeof value === 'object' && value !== null) {
        names.push(...Object.keys(value))
        waiting.push(...Object.values(value))
      } else if (HOLDS_SCHEMAS.has(member)) waiting.push(...[value].flat())
    }
  }
  return { names: names.join(' '), descriptions: descriptions.join(' ') }
}

const HOLDS_SCHEMAS: ReadonlySet<string> = new Set(['items', 'anyOf', 'oneOf', 'allOf'])
