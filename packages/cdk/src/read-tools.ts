import type { ToolDefinition } from '@catamaran/tools'
import { readFileSync } from 'node:fs'
import type { Problems } from './problems.ts'

/** Tools as they were given: themselves, or a JSON file with a list of them, one, or `{"tools":[…]}`. */
export function readTools(
  problems: Problems,
  given: readonly ToolDefinition[] | string,
): readonly ToolDefinition[] {
  if (typeof given !== 'string') return given
  try {
    const document = JSON.parse(readFileSync(given, 'utf8')) as
      | readonly ToolDefinition[]
      | { readonly tools: readonly ToolDefinition[] }
      | ToolDefinition
    if ('tools' in document) return document.tools
    return 'name' in document ? [document] : document
  } catch (error) {
    problems.add(`tools: ${given} cannot be read: ${(error as Error).message}`)
    return []
  }
}
