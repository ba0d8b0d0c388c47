// `catamaran up`, and an MCP client that was given nothing but a URL.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { memoryOAuthProvider } from '../support/oauth-provider.ts'
import { GREET, HULLS, startUp } from '../support/up.ts'

test('a developer lets an MCP client in to both hulls, without a password', async ({ expect }) => {
  await using host = await startUp(GREET)
  for (const hull of HULLS) {
    const url = new URL(host.urlOf(hull))
    const authProvider = memoryOAuthProvider(async (asked) => {
      const browser = openBrowser(url.origin)
      const question = await browser.submit(await browser.open(asked), 'developer')
      expect(question.html).toContain('Allow access?')
      return (await browser.submit(question, 'allow')).leftFor
    })
    const transport = () => new StreamableHTTPClientTransport(url, { authProvider })
    const first = transport()
    await expect(new Client({ name: 'test', version: '1' }).connect(first)).rejects.toThrow()
    await first.finishAuth(authProvider.callback())
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport())
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([expect.stringMatching(/greet_user$/)])
    await client.close()
  }
})
