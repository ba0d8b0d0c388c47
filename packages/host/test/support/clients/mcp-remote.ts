import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { binOf } from './bin-of.ts'
import { findGreetUser, textOf, type Greet } from './greet.ts'

const MCP_REMOTE = binOf('mcp-remote', 'mcp-remote')

/** A desktop client that only knows stdio, with mcp-remote as the process it starts. */
export function mcpRemote(home: string): Greet {
  return async ({ url, token }) => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [MCP_REMOTE, url, '--header', 'Authorization:${AUTHORIZATION}', '--silent'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        MCP_REMOTE_CONFIG_DIR: home,
        AUTHORIZATION: `Bearer ${token}`,
      },
      stderr: 'pipe',
    })
    const client = new Client({ name: 'stdio', version: '1.0.0' })
    try {
      await client.connect(transport)
      const { tools } = await client.listTools()
      const name = findGreetUser(tools)
      const result = await client.callTool({ name, arguments: { name: 'Ada' } })
      return { tools: tools.map((tool) => tool.name), text: textOf(result) }
    } finally {
      await client.close()
    }
  }
}
