// Sessions of the Runtime hull (AgentCore developer guide, Runtime sessions; MCP 2025-11-25, Session
// Management; MCP 2026-07-28), with real processes.
import { test } from 'vitest'
import type { Caller } from '../../src/oauth/caller.ts'
import { initialize, isAlive, MODERN, post, send, SOON } from '../support/runtime-client.ts'
import {
  INVOCATIONS,
  RUNTIME_ARN,
  RUNTIME_ID,
  runtimeConfiguration,
  startRuntimeHost,
  type RuntimeHost,
} from '../support/runtime-host.ts'

const RUNTIME_SESSION = 'x-amzn-bedrock-agentcore-runtime-session-id'
const LONG_ID = 'a-session-id-that-is-long-enough-00001'

const wrote = ({ lines }: RuntimeHost) => lines.map(({ line }) => line)
const withId = (id: string) => ({ headers: { 'mcp-session-id': id } })
const pidOf = async (host: RuntimeHost, headers: Record<string, string> = {}) =>
  (await post(host, 'whoami', {}, { headers })).result?.['pid']

/** `Bearer alice` is alice. */
const byName = {
  authorize(authorization: string | undefined): Caller {
    const subject = authorization?.replace('Bearer ', '') ?? 'nobody'
    return { issuer: 'https://issuer.test', subject, scopes: [], claims: {} }
  },
  scopes: [],
  authorizationServers: () => ['https://issuer.test'],
}
const as = (name: string) => ({ authorization: `Bearer ${name}` })

test('a handshake opens a session, and its id leads to one process', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const answer = await post(host, 'initialize')
  const id = answer.headers.get('mcp-session-id') ?? ''
  expect(answer.headers.get(RUNTIME_SESSION)).toBe(id)
  const other = await initialize(host)
  const first = await post(host, 'whoami', { mark: 1 }, withId(id))
  const second = await post(host, 'whoami', { mark: 2 }, withId(id))
  expect(first.result).toMatchObject({ calls: 2, args: { mark: 1 } })
  expect(second.result).toMatchObject({ pid: first.result?.['pid'], calls: 3, args: { mark: 2 } })
  expect(second.headers.get('mcp-session-id')).toBe(id)
  expect(await pidOf(host, { 'mcp-session-id': other })).not.toBe(first.result?.['pid'])
})

test('a legacy request without an id gets a session of its own', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const one = await post(host, 'describe')
  const two = await post(host, 'describe')
  const id = one.headers.get('mcp-session-id')
  expect(one.result).toMatchObject({ headers: { 'mcp-session-id': id, [RUNTIME_SESSION]: id } })
  expect(two.headers.get('mcp-session-id')).not.toBe(id)
  expect(two.result?.['pid']).not.toBe(one.result?.['pid'])
})

test('an id that the caller made up creates its session, and survives a stop', async ({
  expect,
}) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const pid = await pidOf(host, { 'mcp-session-id': LONG_ID })
  expect(await pidOf(host, { 'mcp-session-id': LONG_ID })).toBe(pid)
  expect(await pidOf(host, { [RUNTIME_SESSION]: LONG_ID })).toBe(pid)
  const stopped = await stop(host, LONG_ID)
  expect([stopped.status, await stopped.text()]).toEqual([200, ''])
  expect(stopped.headers.get(RUNTIME_SESSION)).toBe(LONG_ID)
  expect(isAlive(pid)).toBe(false)
  expect(await host.folders()).toHaveLength(0)
  const fresh = await post(host, 'whoami', {}, withId(LONG_ID))
  expect(fresh.result).toMatchObject({ calls: 1 })
  expect(fresh.result?.['pid']).not.toBe(pid)
  expect(fresh.headers.get('mcp-session-id')).toBe(LONG_ID)
})

test('an unknown session cannot be stopped', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const unknown = await stop(host, LONG_ID)
  expect([unknown.status, unknown.headers.get('x-amzn-errortype')]).toEqual([
    404,
    'ResourceNotFoundException',
  ])
  const nameless = await stop(host)
  expect([nameless.status, nameless.headers.get('x-amzn-errortype')]).toEqual([
    400,
    'ValidationException',
  ])
})

test('self-contained requests share the session of their caller', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ authorizer: byName }))
  const call = (name: string) => post(host, 'describe', {}, { headers: { ...MODERN, ...as(name) } })
  const [alice, again, bob] = [await call('alice'), await call('alice'), await call('bob')]
  expect(again.result?.['pid']).toBe(alice.result?.['pid'])
  expect(bob.result?.['pid']).not.toBe(alice.result?.['pid'])
  expect(alice.headers.has('mcp-session-id')).toBe(false)
  expect(alice.headers.get(RUNTIME_SESSION)).toMatch(/^[0-9a-f-]{36}$/)
  expect(alice.result?.['headers']).not.toHaveProperty('mcp-session-id')
})

test('an id presented by somebody else leads nowhere', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ authorizer: byName }))
  const mine = { ...as('alice'), 'mcp-session-id': LONG_ID }
  const pid = await pidOf(host, mine)
  const stolen = await post(
    host,
    'whoami',
    {},
    { headers: { ...as('mallory'), 'mcp-session-id': LONG_ID } },
  )
  expect(stolen.result).toMatchObject({ calls: 1 })
  expect(stolen.result?.['pid']).not.toBe(pid)
  const stopped = await stop(host, `${LONG_ID}-of-nobody`, as('mallory'))
  expect(stopped.status).toBe(404)
  expect(await pidOf(host, mine)).toBe(pid)
})

test('a server that assigns ids is found under them, until its process ends', async ({
  expect,
}) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(stateful())
  const opened = await post(host, 'initialize')
  const id = opened.headers.get('mcp-session-id') ?? ''
  expect(id).not.toBe(opened.headers.get(RUNTIME_SESSION))
  const first = await post(host, 'whoami', {}, withId(id))
  expect(first.result).toEqual({ pid: opened.result?.['pid'], calls: 1 })
  const stopped = await stop(host, id)
  expect(stopped.status).toBe(200)
  const late = await post(host, 'whoami', {}, { ...withId(id), id: 'late' })
  expect(late).toMatchObject({ status: 404, id: 'late', error: { code: -32_004 } })
  const again = await initialize(host)
  expect((await post(host, 'whoami', {}, withId(again))).result).toMatchObject({ calls: 1 })
})

test('an id that only a former host knew makes the client initialize again', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(stateful())
  const first = await post(host, 'whoami', {}, withId(LONG_ID))
  expect(first).toMatchObject({ status: 404, error: { message: 'Session not found' } })
  await expect.poll(() => host.folders(), SOON).toHaveLength(0) // nothing waits for the next try
  const second = await post(host, 'whoami', {}, withId(LONG_ID))
  expect(second).toMatchObject({ status: 404, error: { code: -32_004 } })
})

test('sessions end when they are idle for too long, and not while they work', async ({
  expect,
}) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ idleRuntimeSessionTimeoutMs: 60_000 }))
  const idle = await pidOf(host, { 'mcp-session-id': `${LONG_ID}-idle` })
  const busy = { 'mcp-session-id': `${LONG_ID}-busy` }
  const pid = await pidOf(host, busy)
  const caller = new AbortController()
  const hanging = send(host, 'hang', {}, { headers: { ...busy, ...MODERN }, signal: caller.signal })
  await expect.poll(() => wrote(host), SOON).toContain('began undefined')
  host.advance(60_001)
  await expect.poll(() => isAlive(idle), SOON).toBe(false)
  expect(await pidOf(host, busy)).toBe(pid)
  caller.abort()
  await expect(hanging).rejects.toThrow()
  await expect.poll(() => wrote(host), SOON).toContain('left undefined')
  host.advance(60_001)
  await expect.poll(() => isAlive(pid), SOON).toBe(false)
  expect(await host.folders()).toHaveLength(0)
})

test('a session ends with its maximum life, whatever it is doing', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const pid = await pidOf(host, { 'mcp-session-id': LONG_ID })
  const hanging = post(host, 'hang', {}, withId(LONG_ID))
  await expect.poll(() => wrote(host), SOON).toContain('began undefined')
  host.advance(28_800_001)
  expect((await hanging).error).toMatchObject({
    code: -32_010,
    data: { reason: 'Its maximum life is over' },
  })
  await expect.poll(() => isAlive(pid), SOON).toBe(false)
})

test('DELETE ends the session whatever the server says of it', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const id = await initialize(host)
  const pid = await pidOf(host, { 'mcp-session-id': id })
  expect((await ask(host, 'DELETE', id)).status).toBe(405) // this server has no sessions
  await expect.poll(() => isAlive(pid), SOON).toBe(false)
  expect((await ask(host, 'DELETE', id)).status).toBe(200)
  expect((await ask(host, 'DELETE')).status).toBe(405)
  await host.runtimes.putRuntime(stateful())
  const assigned = await initialize(host)
  expect((await ask(host, 'DELETE', assigned)).status).toBe(200)
  expect((await ask(host, 'DELETE', assigned)).status).toBe(404)
  expect((await post(host, 'whoami', {}, withId(assigned))).status).toBe(404)
})

test('GET is passed on to a session that lives', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(stateful())
  const id = await initialize(host)
  const stream = await ask(host, 'GET', id)
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  const [first] = await readEvents(stream, 1)
  expect(first).toEqual({ jsonrpc: '2.0', method: 'notifications/hello' })
  expect((await ask(host, 'GET')).status).toBe(405)
  expect((await ask(host, 'GET', LONG_ID)).status).toBe(405)
  expect(await host.folders()).toHaveLength(1)
  await host.runtimes.putRuntime(runtimeConfiguration())
  expect((await ask(host, 'GET', await initialize(host))).status).toBe(405) // the server's own
  expect((await ask(host, 'PUT', id)).status).toBe(405)
})

test('without room, a session that had one request makes way; without any, the caller is told', async ({
  expect,
}) => {
  await using host = await startRuntimeHost({ maxSessions: 2 })
  await host.runtimes.putRuntime(runtimeConfiguration())
  const abandoned = await pidOf(host)
  const kept = await initialize(host)
  await pidOf(host, { 'mcp-session-id': kept })
  const third = await initialize(host)
  await expect.poll(() => isAlive(abandoned), SOON).toBe(false)
  await pidOf(host, { 'mcp-session-id': third })
  const refused = await post(host, 'whoami', {}, { id: 'r' })
  expect(refused).toMatchObject({ status: 200, id: 'r', error: { code: -32_003 } })
  expect((await post(host, 'whoami', {}, withId(kept))).result).toMatchObject({ calls: 3 })
})

test('a new version serves new sessions; running ones keep theirs', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const named = (name: string) => {
    const { environment, ...rest } = runtimeConfiguration()
    return { ...rest, environment: { ...environment, TEST_NAME: name } }
  }
  const nameOf = async (headers: Record<string, string>) => {
    const { result } = await post(host, 'describe', {}, { headers })
    return (result?.['env'] as Record<string, string> | undefined)?.['TEST_NAME']
  }
  const first = await host.runtimes.putRuntime(named('one'))
  expect(first).toEqual({ agentRuntimeArn: RUNTIME_ARN, version: '1' })
  const id = await initialize(host)
  const shared = await pidOf(host, MODERN)
  expect(await host.runtimes.putRuntime(named('two'))).toMatchObject({ version: '2' })
  expect(await nameOf({ 'mcp-session-id': id })).toBe('one')
  expect(await nameOf({})).toBe('two')
  expect(await nameOf(MODERN)).toBe('two') // no client can ask for the old one
  await expect.poll(() => isAlive(shared), SOON).toBe(false)
  await host.runtimes.deleteRuntime(RUNTIME_ID)
  expect(await host.folders()).toHaveLength(0)
  const gone = await post(host, 'whoami', {}, { id: 9 })
  expect(gone).toMatchObject({ status: 200, id: null, error: { code: -32_004 } })
})

function stateful() {
  return runtimeConfiguration({ command: [process.execPath, 'stateful.ts'] })
}

async function stop(host: RuntimeHost, id?: string, headers: Record<string, string> = {}) {
  const path = INVOCATIONS.replace('invocations', 'stopruntimesession')
  return fetch(`${host.baseUrl}${path}`, {
    method: 'POST',
    headers: { ...headers, ...(id !== undefined && { [RUNTIME_SESSION]: id }) },
    body: '{}',
  })
}

async function ask(host: RuntimeHost, method: string, id?: string): Promise<Response> {
  const headers = { accept: 'text/event-stream', ...(id !== undefined && withId(id).headers) }
  return fetch(`${host.baseUrl}${INVOCATIONS}`, { method, headers })
}

/** The first `count` events; leaves the stream then. */
async function readEvents(response: Response, count: number): Promise<unknown[]> {
  const events: unknown[] = []
  for await (const chunk of response.body ?? []) {
    for (const line of Buffer.from(chunk).toString().split('\n')) {
      if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)))
    }
    if (events.length >= count) break
  }
  return events
}
