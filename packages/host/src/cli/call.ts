import { errorMessage, HostError } from '../kernel/host-error.ts'
import { connect } from './connect.ts'
import type { CallFlags } from './flags.ts'

/** AgentCore quotas: as long as a gateway or a runtime waits for a tool. */
const MAX_CALL_MS = 15 * 60_000

/** `catamaran call`: prints what the tool said; exits 7 when the tool itself failed. */
export async function call(name: string, json: string, flags: CallFlags): Promise<void> {
  const input = readArguments(json)
  await using connection = await connect(flags)
  const { tools } = await connection.client.listTools()
  const tool = resolveTool(
    name,
    tools.map((it) => it.name),
  )
  const request = { name: tool, arguments: input }
  const result = await connection.client.callTool(request, { timeout: MAX_CALL_MS })
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else for (const line of describeContent(result.content)) process.stdout.write(`${line}\n`)
  if (result.isError) process.exitCode = 7
}

function readArguments(json: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `The arguments are not JSON (${errorMessage(error)}); expected an object such as '{"name":"Ada"}'`,
      { cause: error },
    )
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new HostError('ERR_INVALID_INPUT', `The arguments must be a JSON object, not ${json}`)
}

/** The tool of that name; over a gateway the part after `___` is enough when only one has it. */
function resolveTool(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name
  const matches = names.filter((it) => it.endsWith(`___${name}`))
  if (matches[0] !== undefined && matches.length === 1) return matches[0]
  const known = names.join(', ') || 'none'
  throw new HostError(
    matches.length > 1 ? 'ERR_INVALID_INPUT' : 'ERR_NOT_FOUND',
    matches.length > 1
      ? `Several tools are called ${name}: ${matches.join(', ')}; name one in full`
      : `Unknown tool: ${name}; there is ${known}`,
  )
}

function describeContent(content: readonly object[]): string[] {
  return content.map((item) =>
    'text' in item && typeof item.text === 'string' ? printable(item.text) : JSON.stringify(item),
  )
}

/** A tool's text is data: escape sequences must not reach the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
}
