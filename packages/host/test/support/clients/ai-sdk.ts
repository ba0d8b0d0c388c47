import { createMCPClient } from '@ai-sdk/mcp'
import { findGreetUser, textOf, type Greet } from './greet.ts'

/** The AI SDK, which asks server/discover first and falls back to initialize. */
export const aiSdk: Greet = async ({ url, token }) => {
  const headers = { Authorization: `Bearer ${token}` }
  const client = await createMCPClient({ transport: { type: 'http', url, headers } })
  try {
    const tools = await client.tools()
    const names = Object.keys(tools)
    const tool = tools[findGreetUser(names.map((name) => ({ name })))]
    const result = await tool?.execute({ name: 'Ada' })
    return { tools: names, text: textOf(result) }
  } finally {
    await client.close()
  }
}
