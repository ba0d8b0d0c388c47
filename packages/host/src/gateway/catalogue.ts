// What one gateway offers at one moment. A catalogue never changes: putting a target makes another.
import { formatResultBody, type Era } from '@catamaran/tools/protocol'
import type { CatalogueTool } from './catalogue-tool.ts'
import { compileArgumentCheck } from './check-arguments.ts'
import { SERVER_INFO } from './server-info.ts'
import { toolsOf, type TargetRecord } from './target-record.ts'
import { SEPARATOR } from './tool-names.ts'
import type { Tool } from './tool.ts'
import type { ToolInvoker } from './tool-invoker.ts'
import type { SchemaDefinition } from './tool-schema.ts'
import { createSearchTool, SEARCH_TOOL } from './tool-search/search-tool.ts'

export interface Catalogue {
  /** By the name on the wire, `target___tool`. */
  readonly tools: ReadonlyMap<string, CatalogueTool>
  /** The result of `tools/list`: JSON text, made once. */
  readonly listResult: Readonly<Record<Era, string>>
}

/** Finds what runs a tool; `name` is the one on the wire. */
export type InvokerFor = (target: TargetRecord, tool: Tool, name: string) => ToolInvoker

/**
 * The tools of all targets: targets in order of creation, tools in the order of their schema; before
 * them the tool that searches them, where there is one.
 */
export function createCatalogue(
  targets: Iterable<TargetRecord>,
  invokerFor: InvokerFor,
  { hasSearch = false }: { readonly hasSearch?: boolean } = {},
): Catalogue {
  const tools = new Map<string, CatalogueTool>()
  const listed: Tool[] = []
  for (const target of targets) {
    const isLambda = target.targetConfiguration.mcp.lambda !== undefined
    for (const definition of toolsOf(target)) {
      const name = target.name + SEPARATOR + definition.name
      listed.push({ ...definition, name })
      tools.set(name, {
        name,
        targetName: target.name,
        toolName: definition.name,
        outputSchema: definition.outputSchema,
        checkArguments: isLambda
          ? compileArgumentCheck(definition.inputSchema as SchemaDefinition) // as the target was read
          : undefined,
        invoker: invokerFor(target, definition, name),
      })
    }
  }
  const byEra = { modern: listed, legacy: listed.map(withoutModernOutput) }
  if (hasSearch) tools.set(SEARCH_TOOL.name, createSearchTool(byEra))
  const first = hasSearch ? [SEARCH_TOOL] : []
  const listResult = {
    modern: formatList('modern', [...first, ...byEra.modern]),
    legacy: formatList('legacy', [...first, ...byEra.legacy]),
  }
  return { tools, listResult }
}

function formatList(era: Era, tools: readonly Tool[]): string {
  return formatResultBody({ era, method: 'tools/list' }, { tools }, SERVER_INFO)
}

/** Before 2026-07-28 structured output was always an object; a client refuses any other schema. */
function withoutModernOutput({ outputSchema, ...tool }: Tool): Tool {
  return outputSchema?.type === 'object' ? { ...tool, outputSchema } : tool
}
