// What one gateway offers at one moment. A catalogue never changes: putting a target makes another.
import { formatResultBody, type Era } from '@catamaran/tools/protocol'
import { compileArgumentCheck, type ArgumentCheck } from './check-arguments.ts'
import { clientContextHead } from './client-context.ts'
import type { TargetRecord } from './gateway-record.ts'
import { SERVER_INFO } from './server-info.ts'
import type { SchemaDefinition, ToolDefinition } from './tool-schema.ts'

export interface Catalogue {
  /** By the name on the wire, `target___tool`. */
  readonly tools: ReadonlyMap<string, CatalogueTool>
  /** The result of `tools/list`: JSON text, made once. */
  readonly listResult: Readonly<Record<Era, string>>
}

/** A tool with everything about a call that does not depend on the call. */
export interface CatalogueTool {
  readonly name: string
  readonly lambdaArn: string
  readonly outputSchema: SchemaDefinition | undefined
  readonly checkArguments: ArgumentCheck
  readonly contextHead: string
}

/** A target name has no underscore, so the first three of a name on the wire end it. */
export const SEPARATOR = '___'

/** The tools of all targets: targets in order of creation, tools in the order of their schema. */
export function createCatalogue(targets: Iterable<TargetRecord>): Catalogue {
  const tools = new Map<string, CatalogueTool>()
  const listed: ToolDefinition[] = []
  for (const target of targets) {
    const { lambdaArn, toolSchema } = target.targetConfiguration.mcp.lambda
    for (const definition of toolSchema.inlinePayload) {
      const name = target.name + SEPARATOR + definition.name
      listed.push({ ...definition, name })
      tools.set(name, {
        name,
        lambdaArn,
        outputSchema: definition.outputSchema,
        checkArguments: compileArgumentCheck(definition.inputSchema),
        contextHead: clientContextHead(target, name),
      })
    }
  }
  const listResult = {
    modern: formatList('modern', listed),
    legacy: formatList('legacy', listed.map(withoutModernOutput)),
  }
  return { tools, listResult }
}

function formatList(era: Era, tools: readonly ToolDefinition[]): string {
  return formatResultBody({ era, method: 'tools/list' }, { tools }, SERVER_INFO)
}

/** Before 2026-07-28 structured output was always an object; a client refuses any other schema. */
function withoutModernOutput({ outputSchema, ...tool }: ToolDefinition): ToolDefinition {
  return outputSchema?.type === 'object' ? { ...tool, outputSchema } : tool
}
