// Tools that stand in a document: the tool schema of a Lambda target in S3, and the static catalogue
// of an MCP server, inline or in S3 (AgentCore developer guide). Both are JSON lists of tools; an
// object with a member `tools` is read as well.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { checkMcpTools } from './mcp-tools.ts'
import { refuseProblems, type Problem } from './problems.ts'
import type { S3Location, TargetFacts } from './target-record.ts'
import { checkToolNames } from './tool-names.ts'
import type { Tool } from './tool.ts'
import { checkToolDefinitions } from './tool-schema.ts'

/** What a gateway needs of whatever keeps objects under S3 addresses. */
export interface ObjectReader {
  /** Its bytes, no more than `maxBytes`; refused when it has more, or is not the owner's to read. */
  readObject(location: S3Location, owner: Scope, maxBytes: number): Promise<Uint8Array>
}

/** AgentCore quotas: a schema in S3. */
const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024

/** The tools of a target that names a document; undefined when it names none. */
export async function readToolDocument(
  { name, targetConfiguration: { mcp } }: TargetFacts,
  objects: ObjectReader,
  owner: Scope,
): Promise<readonly Tool[] | undefined> {
  const source = mcp.lambda?.toolSchema ?? mcp.mcpServer?.mcpToolSchema
  if (source === undefined) return undefined
  const { s3, inlinePayload } = source
  if (s3 === undefined && typeof inlinePayload !== 'string') return undefined
  const text = s3 === undefined ? inlinePayload : await readText(s3, objects, owner)
  const tools = parseTools(text)
  const problems: Problem[] = []
  const check = mcp.lambda ? checkToolDefinitions : checkMcpTools
  check(tools, '', problems)
  refuseProblems(`The tool schema of target ${name}`, problems)
  checkToolNames(name, tools as readonly Tool[], '', problems)
  refuseProblems(`The tool schema of target ${name}`, problems)
  return tools as readonly Tool[]
}

async function readText(
  location: S3Location,
  objects: ObjectReader,
  owner: Scope,
): Promise<string> {
  const bytes = await objects.readObject(location, owner, MAX_DOCUMENT_BYTES)
  return Buffer.from(bytes).toString('utf8')
}

function parseTools(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text)
    return isObject(document) ? document['tools'] : document
  } catch (cause) {
    throw new HostError('ERR_INVALID_INPUT', 'The tool schema is not JSON', { cause })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
