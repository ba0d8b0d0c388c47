// The built-in tool of a gateway with `searchType: SEMANTIC` (AgentCore developer guide, semantic tool
// search). What is different, and stays so:
// - An index is made of a catalogue at its first search, so that a search is never behind a change.
// - Searches are not limited to 25 a minute; nobody pays for them here.
// - Tools that share no word with the query are not among the results, which may then be none.
import type { Era } from '@catamaran/tools/protocol'
import type { CatalogueTool } from '../catalogue-tool.ts'
import { compileArgumentCheck } from '../check-arguments.ts'
import { errorMessage } from '../../kernel/host-error.ts'
import { failed, type ToolInvoker } from '../tool-invoker.ts'
import type { Tool } from '../tool.ts'
import type { SchemaDefinition } from '../tool-schema.ts'
import type { ToolIndex } from './tool-index.ts'

const NAME = 'x_amz_bedrock_agentcore_search'

/** Name, texts and schema as live gateways list them. */
const inputSchema: SchemaDefinition = {
  type: 'object',
  properties: {
    query: { type: 'string', description: 'search query to use for finding tools' },
  },
  required: ['query'],
}
export const SEARCH_TOOL: Tool = {
  name: NAME,
  description:
    'A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many tools available and you want to get a subset that matches the provided context.',
  inputSchema,
}

const MAX_RESULTS = 10

/** What answers a search among tools, each as the era lists it and in the same order. */
export function createSearchTool(listed: Readonly<Record<Era, readonly Tool[]>>): CatalogueTool {
  return {
    name: NAME,
    targetName: '', // no target's, so that only a limit for any target concerns it
    toolName: NAME,
    outputSchema: undefined,
    checkArguments: compileArgumentCheck(inputSchema),
    invoker: searchInvoker(listed),
  }
}

function searchInvoker(listed: Readonly<Record<Era, readonly Tool[]>>): ToolInvoker {
  let index: Promise<ToolIndex> | undefined
  const search = async (query: string) => {
    // Loaded and made for the first search: most catalogues are listed only.
    const { createToolIndex } = await import('./tool-index.ts')
    index ??= createToolIndex(listed.modern)
    return (await index).search(query, MAX_RESULTS)
  }
  return {
    about: {},
    async callTool({ request: { era } }, args) {
      try {
        const found = await search((args as { readonly query: string }).query)
        const result = { tools: found.map((position) => listed[era][position]) }
        const content = [{ type: 'text', text: JSON.stringify(result) }]
        return { kind: 'relayed', result: { content, structuredContent: result, isError: false } }
      } catch (error) {
        const text = 'The tools could not be searched. The log has the cause.'
        return failed({ type: 'InternalError', text, cause: errorMessage(error) })
      }
    },
  }
}
