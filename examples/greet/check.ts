// Both hulls, both MCP vocabularies, one answer.
import assert from 'node:assert/strict'
import { check } from '../support/check.ts'
import { textOf } from '../support/text.ts'

const HULLS = [
  { hull: 'gateway', isOurs: (name: string) => name.endsWith('___greet_user') },
  { hull: 'runtime', isOurs: (name: string) => name === 'greet_user' },
] as const

await check('both hulls greet', { folder: import.meta.dirname }, async (host) => {
  for (const { hull, isOurs } of HULLS) {
    for (const vocabulary of ['auto', 'legacy'] as const) {
      const client = await host.connect(hull, vocabulary)
      const { tools } = await client.listTools()
      const [greet, ...others] = tools
      assert(greet && isOurs(greet.name), `${hull} offers ${tools.map(({ name }) => name).join()}`)
      assert.equal(others.length, 0, `${hull} offers more than greet_user`)
      assert.equal(greet.description, 'Greet a user by name')

      const answer = await client.callTool({ name: greet.name, arguments: { name: 'Jack' } })
      assert.equal(textOf(answer), 'Hello, Jack! Nice to meet you. This is a test message.')
      const refused = await client.callTool({ name: greet.name, arguments: {} })
      assert.equal(refused.isError, true, `${hull} accepted a call without a name`)
    }
  }
})
