import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { test } from 'vitest'
import { z } from 'zod'
import { defineServer, tool, type ToolContext } from './index.ts'
import { MetaKey } from './protocol/index.ts'
import { serve, type ServeOptions } from './serve.ts'

/** A server whose `wait` tool hands its context out and then waits to be told to go on. */
async function startServer(options: ServeOptions = {}) {
  const waiting = Promise.withResolvers<ToolContext>()
  const goOn = Promise.withResolvers<void>()
  const lines: string[] = []
  const server = defineServer({
    name: 'fixture',
    version: '2.0.0',
    instructions: 'Use it well.',
    tools: [
      tool({
        name: 'greet',
        description: 'Greet',
        input: z.object({ name: z.string().meta({ 'x-mcp-header': 'Name' }) }),
        handler: ({ name }) => `Hello, ${name}!`,
      }),
      tool({
        name: 'count',
        title: 'Counter',
        description: 'Count',
        annotations: { readOnlyHint: true },
        input: z.object({ to: z.int() }),
        output: z.object({ counted: z.int() }),
        handler: ({ to }, { progress, log }) => {
          log('debug', 'counting')
          for (let done = 1; done <= to; done += 1) progress(done, to)
          progress(to, to, 'again')
          log('notice', { to })
          return { counted: to }
        },
      }),
      tool({
        name: 'fail',
        description: 'Fail',
        input: z.object({}),
        handler: () => {
          throw new Error('the shop is closed')
        },
      }),
      tool({ name: 'nothing', description: 'Nothing', input: z.object({}), handler: () => {} }),
      tool({
        name: 'wait',
        description: 'Wait',
        input: z.object({}),
        handler: async (_, context) => {
          waiting.resolve(context)
          await goOn.promise
          return 'done'
        },
      }),
    ],
  })
  const serving = await serve(server, {
    host: '127.0.0.1',
    port: 0,
    writeLog: (line) => lines.push(line),
    ...options,
  })
  const url = `http://127.0.0.1:${serving.port}/mcp`
  return {
    url,
    port: serving.port,
    close: serving.close,
    waiting: waiting.promise,
    goOn: goOn.resolve,
    lines,
    async [Symbol.asyncDispose]() {
      goOn.resolve()
      await serving.close({ graceMs: 0 })
    },
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' }

function post(url: string, body: unknown, headers: Record<string, string> = {}, more = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(url, {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headers },
    body: text,
    ...more,
  })
}

function legacy(method: string, params?: object) {
  return { jsonrpc: '2.0', id: 1, method, params }
}

function modern(method: string, params: object = {}, meta: object = {}) {
  const envelope = { [MetaKey.revision]: '2026-07-28', [MetaKey.clientCapabilities]: {} }
  return {
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: { ...envelope, ...meta } } },
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...('name' in params && { 'mcp-name': String(params.name) }),
    },
  }
}

async function answer(response: Response) {
  return { status: response.status, ...(JSON.parse(await response.text()) as object) }
}

async function events(response: Response) {
  const text = await response.text()
  const data = text.split('\n').filter((line) => line.startsWith('data: '))
  return data.map((line) => JSON.parse(line.slice('data: '.length)) as { method?: string })
}

const _meta = { [MetaKey.serverInfo]: { name: 'fixture', version: '2.0.0' } }

test('initialize agrees on the asked revision and promises tools only', async ({ expect }) => {
  await using server = await startServer()
  const asked = legacy('initialize', { protocolVersion: '2025-06-18', capabilities: {} })
  expect(await answer(await post(server.url, asked))).toEqual({
    status: 200,
    jsonrpc: '2.0',
    id: 1,
    result: {
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'fixture', version: '2.0.0' },
      instructions: 'Use it well.',
    },
  })
  const ready = { jsonrpc: '2.0', method: 'notifications/initialized' }
  const accepted = await post(server.url, ready, { 'mcp-session-id': 'from-the-platform' })
  expect([accepted.status, await accepted.text()]).toEqual([202, ''])
  expect(await answer(await post(server.url, legacy('ping')))).toMatchObject({ result: {} })
})

test('discover names modern revisions only', async ({ expect }) => {
  await using server = await startServer()
  const { body, headers } = modern('server/discover')
  expect(await answer(await post(server.url, body, headers))).toMatchObject({
    status: 200,
    result: {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {}, logging: {} },
      instructions: 'Use it well.',
      ttlMs: 0,
      cacheScope: 'private',
      _meta,
    },
  })
})

test('tools are listed with all of JSON Schema, in their order', async ({ expect }) => {
  await using server = await startServer()
  const listed = await answer(await post(server.url, legacy('tools/list')))
  expect(listed).toMatchObject({
    result: {
      tools: [
        {
          name: 'greet',
          inputSchema: {
            type: 'object',
            properties: { name: { type: 'string', 'x-mcp-header': 'Name' } },
            required: ['name'],
          },
        },
        {
          name: 'count',
          title: 'Counter',
          description: 'Count',
          annotations: { readOnlyHint: true },
          outputSchema: { type: 'object', required: ['counted'] },
        },
        { name: 'fail' },
        { name: 'nothing' },
        { name: 'wait' },
      ],
    },
  })
  expect(listed).not.toHaveProperty('result.ttlMs')
  const { body, headers } = modern('tools/list')
  expect(await answer(await post(server.url, body, headers))).toMatchObject({
    result: { ttlMs: 0, cacheScope: 'private', resultType: 'complete', _meta },
  })
  expect(await answer(await post(server.url, legacy('tools/list', { cursor: '' })))).toMatchObject({
    status: 200,
    error: { code: -32602 },
  })
})

test('texts are text; JSON is text and, when promised, structured content', async ({ expect }) => {
  await using server = await startServer()
  const call = async (params: object) =>
    answer(await post(server.url, legacy('tools/call', params)))
  expect(await call({ name: 'greet', arguments: { name: 'Ann' } })).toMatchObject({
    result: { content: [{ type: 'text', text: 'Hello, Ann!' }], isError: false },
  })
  expect(await call({ name: 'count', arguments: { to: 3 } })).toMatchObject({
    result: {
      content: [{ type: 'text', text: '{"counted":3}' }],
      structuredContent: { counted: 3 },
    },
  })
  expect(await call({ name: 'nothing' })).toMatchObject({
    result: { content: [{ type: 'text', text: 'null' }], isError: false },
  })
})

test('failures are results that a model can act on', async ({ expect }) => {
  await using server = await startServer()
  const call = async (params: object) =>
    answer(await post(server.url, legacy('tools/call', params)))
  expect(await call({ name: 'fail' })).toMatchObject({
    status: 200,
    result: { content: [{ text: 'fail failed: the shop is closed' }], isError: true },
  })
  expect(server.lines).toHaveLength(1)
  expect(server.lines[0]).toContain('the shop is closed')
  expect(await call({ name: 'greet', arguments: { name: 4 } })).toMatchObject({
    result: {
      content: [{ text: expect.stringContaining('- name: Invalid input') }],
      isError: true,
    },
  })
  expect(await call({ name: 'gone' })).toMatchObject({
    status: 200,
    error: { code: -32602, message: 'Unknown tool: gone' },
  })
  expect(await call({})).toMatchObject({ status: 200, error: { code: -32602 } })
})

test('progress and messages that were asked for make the answer a stream', async ({ expect }) => {
  await using server = await startServer()
  const params = { name: 'count', arguments: { to: 2 } }
  const wanted = { progressToken: 'p', [MetaKey.logLevel]: 'info' }
  const { body, headers } = modern('tools/call', params, wanted)
  const response = await post(server.url, body, headers)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(await events(response)).toMatchObject([
    { method: 'notifications/progress', params: { progressToken: 'p', progress: 1, total: 2 } },
    { method: 'notifications/progress', params: { progressToken: 'p', progress: 2, total: 2 } },
    {
      method: 'notifications/message',
      params: { level: 'notice', logger: 'fixture', data: { to: 2 } },
    },
    { id: 1, result: { structuredContent: { counted: 2 }, resultType: 'complete' } },
  ])
})

test('nothing unasked is sent, and nothing at all to a client without streams', async ({
  expect,
}) => {
  await using server = await startServer()
  const params = { name: 'count', arguments: { to: 2 } }
  const plain = modern('tools/call', params)
  const quiet = await post(server.url, plain.body, plain.headers)
  expect(quiet.headers.get('content-type')).toBe('application/json')
  const asked = modern('tools/call', params, { progressToken: 1, [MetaKey.logLevel]: 'debug' })
  const only = await post(server.url, asked.body, { ...asked.headers, accept: 'application/json' })
  expect(await answer(only)).toMatchObject({ result: { structuredContent: { counted: 2 } } })
  const old = legacy('tools/call', { ...params, _meta: { progressToken: 1 } })
  const streamed = await events(await post(server.url, old))
  expect(streamed.map(({ method }) => method)).toEqual([
    'notifications/progress',
    'notifications/progress',
    undefined,
  ])
  expect(server.lines).toContain('NOTICE {"to":2}')
})

test('arguments that a schema wants in headers must be there', async ({ expect }) => {
  await using server = await startServer()
  const { body, headers } = modern('tools/call', { name: 'greet', arguments: { name: 'Ann' } })
  expect(await answer(await post(server.url, body, headers))).toMatchObject({
    status: 400,
    error: { code: -32020 },
  })
  const complete = { ...headers, 'mcp-param-name': 'Ann' }
  expect(await answer(await post(server.url, body, complete))).toMatchObject({ status: 200 })
})

test('a modern client that leaves cancels the call', async ({ expect }) => {
  await using server = await startServer()
  const { body, headers } = modern('tools/call', { name: 'wait' })
  const leave = new AbortController()
  const sent = post(server.url, body, headers, { signal: leave.signal })
  const { signal } = await server.waiting
  const aborted = once(signal, 'abort')
  const failed = expect(sent).rejects.toThrow('aborted')
  leave.abort()
  await Promise.all([aborted, failed])
})

test('a legacy client that leaves cancels nothing', async ({ expect }) => {
  await using server = await startServer()
  const leave = new AbortController()
  const call = legacy('tools/call', { name: 'wait' })
  const sent = post(server.url, call, {}, { signal: leave.signal })
  const { signal } = await server.waiting
  const failed = expect(sent).rejects.toThrow('aborted')
  leave.abort()
  await failed
  // By the time that another request has been served, the server knows of the first one's end.
  await answer(await post(server.url, legacy('ping')))
  expect(signal.aborted).toBe(false)
})

test('context ids come from the platform, or are made', async ({ expect }) => {
  await using server = await startServer()
  const named = { 'x-amzn-bedrock-agentcore-runtime-request-id': 'r-1' }
  const sent = post(server.url, legacy('tools/call', { name: 'wait' }), named)
  expect((await server.waiting).requestId).toBe('r-1')
  server.goOn()
  expect(await answer(await sent)).toMatchObject({ result: { content: [{ text: 'done' }] } })
})

test.for(['GET', 'DELETE', 'PUT', 'OPTIONS'])('%s is not allowed', async (method, { expect }) => {
  await using server = await startServer()
  const response = await fetch(server.url, { method })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('what is not an MCP request is refused with its reason', async ({ expect }) => {
  await using server = await startServer({ maxBodyBytes: 1_000 })
  const ping = legacy('ping')
  const elsewhere = await post(server.url.replace('/mcp', '/other'), ping)
  expect(await answer(elsewhere)).toMatchObject({ status: 404, error: { code: -32600 } })
  const text = await post(server.url, ping, { 'content-type': 'text/plain' })
  expect(await answer(text)).toMatchObject({ status: 415 })
  const page = await post(server.url, ping, { origin: 'http://evil.example' })
  expect(await answer(page)).toMatchObject({ status: 403 })
  const local = await post(server.url, ping, { origin: 'http://localhost:3000' })
  expect(await answer(local)).toMatchObject({ status: 200 })
  const long = await post(server.url, `"${'x'.repeat(1_000)}"`)
  expect(await answer(long)).toMatchObject({ status: 413 })
  expect(await answer(await post(server.url, '{'))).toEqual({
    status: 400,
    jsonrpc: '2.0',
    error: { code: -32700, message: 'The body is not JSON.' },
  })
  const charset = { 'content-type': 'application/json; charset=utf-8', accept: '*/*' }
  expect(await answer(await post(`${server.url}/?a=1`, ping, charset))).toMatchObject({
    status: 200,
  })
})

test('a body that never ends leaves nothing behind', async ({ expect }) => {
  await using server = await startServer()
  const headers = { ...JSON_HEADERS, 'content-length': '100' }
  const request = httpRequest(server.url, { method: 'POST', headers })
  request.on('error', () => {})
  request.write('{"jsonrpc"')
  await once(request, 'socket')
  request.destroy()
  expect(await answer(await post(server.url, legacy('ping')))).toMatchObject({ result: {} })
})

test('close drops idle connections at once, and may be called again', async ({ expect }) => {
  await using server = await startServer()
  const idle = connect(server.port, '127.0.0.1')
  await once(idle, 'connect')
  await answer(await post(server.url, legacy('ping')))
  const ended = once(idle, 'close')
  await server.close({ graceMs: 60_000 })
  await ended
  await server.close()
  await expect(post(server.url, legacy('ping'))).rejects.toThrow('fetch failed')
})

test('close lets calls in flight finish', async ({ expect }) => {
  await using server = await startServer()
  const sent = post(server.url, legacy('tools/call', { name: 'wait' }))
  await server.waiting
  const closed = server.close({ graceMs: 60_000 })
  server.goOn()
  expect(await answer(await sent)).toMatchObject({ result: { content: [{ text: 'done' }] } })
  await closed
})

test('close ends what does not finish, and tells it so', async ({ expect }) => {
  await using server = await startServer()
  const sent = post(server.url, legacy('tools/call', { name: 'wait' }))
  const { signal } = await server.waiting
  const failed = expect(sent).rejects.toThrow('fetch failed')
  await server.close({ graceMs: 1 })
  expect(signal.aborted).toBe(true)
  await failed
})

test('a taken port is an error, not a wait', async ({ expect }) => {
  await using server = await startServer()
  await expect(startServer({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
