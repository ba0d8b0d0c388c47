import { connect } from './connect.ts'
import type { CallFlags } from './flags.ts'

/** `catamaran tools`: every tool with its first line of description, or all of it as JSON. */
export async function tools(flags: CallFlags): Promise<void> {
  await using connection = await connect(flags)
  const { tools } = await connection.client.listTools()
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ url: connection.url, tools })}\n`)
    return
  }
  const width = Math.max(...tools.map(({ name }) => name.length), 0)
  for (const { name, description = '' } of tools) {
    process.stdout.write(`${name.padEnd(width)}  ${description.split('\n')[0]}\n`)
  }
}
