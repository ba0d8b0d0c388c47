// What people connect with: the official clients, of both SDK generations and both eras.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { test } from 'vitest'
import { z } from 'zod'
import { defineServer, tool } from './index.ts'
import { serve } from './serve.ts'

const server = defineServer({
  name: 'fixture',
  instructions: 'Greet first.',
  tools: [
    tool({
      name: 'greet',
      description: 'Greet somebody',
      input: z.object({ name: z.string().meta({ 'x-mcp-header': 'Name' }) }),
      handler: ({ name }) => `Hello, ${name}!`,
    }),
    tool({
      name: 'count',
      description: 'Count',
      input: z.object({ to: z.int().max(10) }),
      output: z.object({ counted: z.int() }),
      handler: ({ to }, { progress }) => {
        for (let done = 1; done <= to; done += 1) progress(done, to, `step ${done}`)
        return { counted: to }
      },
    }),
  ],
})

async function startFixture() {
  const serving = await serve(server, { host: '127.0.0.1', port: 0, writeLog: () => {} })
  const url = new URL(`http://127.0.0.1:${serving.port}/mcp`)
  return { url, [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose]() }
}

const info = { name: 'test', version: '1.0.0' }

test.for<[string, ConstructorParameters<typeof Client>[1], string]>([
  ['by default', {}, '2025-11-25'],
  ['negotiating', { versionNegotiation: { mode: 'auto' } }, '2026-07-28'],
  ['pinned', { versionNegotiation: { mode: { pin: '2026-07-28' } } }, '2026-07-28'],
])('SDK v2 client, %s', async ([, options, revision], { expect }) => {
  await using fixture = await startFixture()
  const client = new Client(info, options)
  await client.connect(new StreamableHTTPClientTransport(fixture.url))
  try {
    expect(client.getNegotiatedProtocolVersion()).toBe(revision)
    expect(client.getServerVersion()).toEqual({ name: 'fixture', version: '1.0.0' })
    expect(client.getInstructions()).toBe('Greet first.')
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['greet', 'count'])
    const greeting = await client.callTool({ name: 'greet', arguments: { name: '花子' } })
    expect(greeting).toMatchObject({ content: [{ text: 'Hello, 花子!' }] })
    const steps: unknown[] = []
    const counted = await client.callTool(
      { name: 'count', arguments: { to: 3 } },
      { onprogress: (step) => steps.push(step) },
    )
    expect(counted).toMatchObject({ structuredContent: { counted: 3 } })
    expect(steps).toMatchObject([{ progress: 1 }, { progress: 2 }, { progress: 3, total: 3 }])
    const refused = await client.callTool({ name: 'count', arguments: { to: 11 } })
    expect(refused).toMatchObject({ isError: true })
    await expect(client.callTool({ name: 'gone', arguments: {} })).rejects.toThrow('gone')
  } finally {
    await client.close()
  }
})

test('SDK v1 client', async ({ expect }) => {
  await using fixture = await startFixture()
  const client = new ClientV1(info)
  await client.connect(new TransportV1(fixture.url))
  try {
    expect(client.getServerVersion()).toMatchObject({ name: 'fixture' })
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['greet', 'count'])
    const steps: unknown[] = []
    const counted = await client.callTool({ name: 'count', arguments: { to: 2 } }, undefined, {
      onprogress: (step) => steps.push(step),
    })
    expect(counted).toMatchObject({ structuredContent: { counted: 2 } })
    expect(steps).toHaveLength(2)
    await client.ping()
    await expect(client.callTool({ name: 'gone' })).rejects.toThrow('Unknown tool: gone')
  } finally {
    await client.close()
  }
})
