// A Python handler behind the gateway: its answer arrives whole, as the JSON text Lambda returns.
import assert from 'node:assert/strict'
import { check, skip } from '../support/check.ts'
import { whyNoPython } from '../support/python.ts'
import { textOf } from '../support/text.ts'
import greetUser from './inline_schema.json' with { type: 'json' }

const missing = await whyNoPython('3.9')

if (missing !== undefined) skip(missing)
else {
  await check('the handler is called', { folder: import.meta.dirname }, async (host) => {
    const client = await host.connect('gateway')
    const { tools } = await client.listTools()
    assert.deepEqual(
      tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      [{ ...greetUser, name: 'LambdaTarget___greet_user' }],
    )

    const answer = await client.callTool({
      name: 'LambdaTarget___greet_user',
      arguments: { name: 'Jack' },
    })
    assert.deepEqual(JSON.parse(textOf(answer)), {
      statusCode: 200,
      body: 'Hello, Jack! Nice to meet you. This is a test message.',
    })
  })
}
