// What a refused reload must not do, and what hostile values must not do to the host.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { startUp, type UpHost } from '../support/up.ts'

const TOOL = {
  name: 'fail',
  description: 'Throws what it is given',
  inputSchema: { type: 'object', properties: { extra: { type: 'object' } } },
}
const HANDLER =
  'export const handler = async ({ extra }) => { if (extra) throw extra; return "ok" }'
const functions = { f: { runtime: 'nodejs24.x', handler: 'index.handler' } }
const described = { lambda: { function: 'f', toolSchema: [TOOL] } }
const undescribed = { lambda: { function: 'f' } }

async function startHost(gateways: object) {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-reload-'))
  const save = (changed: object) =>
    writeFile(join(dir, 'catamaran.app.json'), JSON.stringify({ functions, gateways: changed }))
  await writeFile(join(dir, 'index.mjs'), HANDLER)
  await save(gateways)
  const host = await startUp(dir)
  return {
    host,
    save,
    async [Symbol.asyncDispose]() {
      await host.stop()
      await rm(dir, { recursive: true })
    },
  }
}

async function callTool(host: UpHost, input: object, token?: string) {
  const response = await fetch(host.urlOf('gateway'), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'T___fail', arguments: input },
    }),
  })
  return { status: response.status, body: (await response.json()) as { result?: object } }
}

test('a refused reload opens nothing and leaves nothing behind', async ({ expect }) => {
  const main = { targets: { T: described } }
  await using it = await startHost({ main })
  const { host, save } = it
  await save({
    main: { authorizerType: 'NONE', targets: { T: described, U: undescribed } },
    open: { authorizerType: 'NONE', targets: { T: described } },
  })
  await host.saysOnStderr('Target main/U needs a toolSchema')
  expect((await callTool(host, {})).status).toBe(401)
  expect((await callTool(host, {}, await host.token())).status).toBe(200)
})

test('a handler may throw anything that looks like an error', async ({ expect }) => {
  await using it = await startHost({ main: { targets: { T: described } } })
  const { host } = it
  const token = await host.token()
  for (const extra of [
    { name: 'E', message: { toString: 1 }, stack: '' },
    { name: { toString: null }, message: [[[]]], stack: 7 },
    { message: 'plain' },
  ]) {
    const { status, body } = await callTool(host, { extra }, token)
    expect([status, body.result]).toMatchObject([200, { isError: true }])
  }
  expect((await callTool(host, {}, token)).body.result).toMatchObject({ isError: false })
  expect(host.hasExited()).toBe(false)
})

test('Ctrl-C in the middle of a reload ends everything', async ({ expect }) => {
  await using it = await startHost({ main: { targets: { T: described } } })
  const { host, save } = it
  await save({ main: { targets: { T: described, V: described } } })
  await host.stop()
  expect(host.hasExited()).toBe(true)
})
