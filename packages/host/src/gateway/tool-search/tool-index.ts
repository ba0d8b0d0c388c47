// Tools ranked for a query by the words they share: BM25F (Robertson and Zaragoza, "The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009) over the fields of a tool. A word that stands twice in
// a query counts once.
import { setImmediate } from 'node:timers/promises'
import { SEPARATOR } from '../tool-names.ts'
import type { Tool } from '../tool.ts'
import { schemaTexts } from './schema-texts.ts'
import { readTerms } from './terms.ts'

export interface ToolIndex {
  /** Positions of the tools that fit, best first; equally good ones in the order of the list. */
  search(query: string, limit: number): readonly number[]
}

/** Tools that are read without a pause, so that other calls are answered meanwhile. */
const BATCH = 50

/** Characters of one field that are read; a description may be as long as a schema document. */
const MAX_FIELD_LENGTH = 10_000
const MAX_QUERY_LENGTH = 2_000

/** How much a word counts by where it stands, and how much less in a field longer than others. */
const FIELDS: readonly Field[] = [
  { weight: 6, b: 0.4, textOf: ({ name }) => name.slice(separatorEnd(name)) },
  { weight: 2, b: 0.3, textOf: ({ name }) => name.slice(0, separatorEnd(name)) },
  { weight: 1.5, b: 0.9, textOf: ({ title = '', description = '' }) => `${title} ${description}` },
  { weight: 1, b: 0, textOf: (tool) => schemaTextsOf(tool).names },
  { weight: 0.5, b: 0.6, textOf: (tool) => schemaTextsOf(tool).descriptions },
]
/** How soon it stops to matter that a word stands there again. */
const K1 = 0.9

interface Field {
  readonly weight: number
  readonly b: number
  textOf(tool: Tool): string
}

/** An index of these tools. */
export async function createToolIndex(tools: readonly Tool[]): Promise<ToolIndex> {
  const fields: FieldTerms[] = FIELDS.map(() => ({ counts: [], lengths: [] }))
  for (const [position, tool] of tools.entries()) {
    if (position % BATCH === BATCH - 1) await setImmediate()
    for (const [index, field] of FIELDS.entries()) {
      addField(fields[index], readTerms(field.textOf(tool).slice(0, MAX_FIELD_LENGTH)))
    }
  }
  const postings = weighTerms(fields)
  return {
    search(query, limit) {
      const scores = new Map<number, number>()
      for (const term of new Set(readTerms(query.slice(0, MAX_QUERY_LENGTH)))) {
        const found = postings.get(term)
        if (found === undefined) continue
        const rarity = Math.log(1 + (tools.length - found.size + 0.5) / (found.size + 0.5))
        for (const [position, weight] of found) {
          const score = (rarity * weight) / (K1 + weight)
          scores.set(position, (scores.get(position) ?? 0) + score)
        }
      }
      return [...scores]
        .sort(([left, leftScore], [right, rightScore]) => rightScore - leftScore || left - right)
        .slice(0, limit)
        .map(([position]) => position)
    },
  }
}

interface FieldTerms {
  /** By tool: how often each term stands there. */
  readonly counts: ReadonlyMap<string, number>[]
  readonly lengths: number[]
}

function addField(field: FieldTerms | undefined, terms: readonly string[]): void {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  field?.counts.push(counts)
  field?.lengths.push(terms.length)
}

/** For each term, the tools that have it and how much it counts there, all fields together. */
function weighTerms(
  fields: readonly FieldTerms[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const postings = new Map<string, Map<number, number>>()
  for (const [index, { counts, lengths }] of fields.entries()) {
    const { weight, b } = FIELDS[index] ?? { weight: 0, b: 0 }
    const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length || 1
    for (const [position, terms] of counts.entries()) {
      const share = weight / (1 - b + (b * (lengths[position] ?? 0)) / average)
      for (const [term, count] of terms) {
        const found = postings.get(term) ?? new Map<number, number>()
        found.set(position, (found.get(position) ?? 0) + share * count)
        postings.set(term, found)
      }
    }
  }
  return postings
}

function schemaTextsOf({ inputSchema, outputSchema }: Tool) {
  return schemaTexts([inputSchema, outputSchema])
}

/** Where the name that a target uses begins. */
function separatorEnd(name: string): number {
  const at = name.indexOf(SEPARATOR)
  return at === -1 ? 0 : at + SEPARATOR.length
}
