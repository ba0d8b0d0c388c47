// A FastMCP server on the runtime, its packages installed by the host.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { check, skip } from '../support/check.ts'
import { whyNoPackages, whyNoPython } from '../support/python.ts'
import { textOf } from '../support/text.ts'

const folder = import.meta.dirname
const missing =
  (await whyNoPython('3.10')) ?? (await whyNoPackages(join(folder, 'requirements.txt')))

if (missing !== undefined) skip(missing)
else {
  await check('the server is called', { folder, startLimitMs: 300_000 }, async (host) => {
    const client = await host.connect('runtime')
    const { tools } = await client.listTools()
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['greet_user'],
    )
    const answer = await client.callTool({ name: 'greet_user', arguments: { name: 'Jack' } })
    assert.equal(textOf(answer), 'Hello, Jack! Nice to meet you. This is a test message.')
  })
}
