// Streaming both ways (AgentCore quotas: 100 MB payloads; MCP Streamable HTTP).
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'vitest'
import { ACCEPT, initialize, isAlive, MODERN, post, send, SOON } from '../support/runtime-client.ts'
import {
  INVOCATIONS,
  runtimeConfiguration,
  startRuntimeHost,
  type RuntimeHost,
} from '../support/runtime-host.ts'

const LIMIT = 100_000_000
const CHUNK = Buffer.alloc(1_000_000, 'a')
const wrote = ({ lines }: RuntimeHost) => lines.map(({ line }) => line)
const large = runtimeConfiguration({ requestHeaderAllowlist: ['X-Test-Body'] })

test('100,000,000 bytes pass both ways, and the host keeps none of them', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(large)
  const peak = watchMemory()
  const { status, bytes } = await upload(host, 'echo', LIMIT, { 'content-length': String(LIMIT) })
  expect([status, bytes]).toEqual([200, LIMIT])
  // The caller's own buffers and what is not collected yet count too (seen: 27–38 MB).
  expect(peak.stop()).toBeLessThan(LIMIT / 2)
})

test('without a content-length they pass as well', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(large)
  const { status, text } = await upload(host, 'count', LIMIT, { 'transfer-encoding': 'chunked' })
  expect([status, JSON.parse(text)]).toEqual([200, { bytes: LIMIT }])
})

test('one byte more is refused, whether its length is told or not', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(large)
  for (const headers of [
    { 'content-length': String(LIMIT + 1) },
    { 'transfer-encoding': 'chunked' },
  ]) {
    const { status, text } = await upload(host, 'count', LIMIT + 1, headers)
    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ id: null, error: { code: -32_006 } })
  }
  expect((await post(host, 'whoami')).result).toBeDefined()
})

test('a caller who does not read slows the server down', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(large)
  const upstream = begin(host, { 'x-test-body': 'echo', 'transfer-encoding': 'chunked' })
  let sent = 0
  while (sent < LIMIT && upstream.write(CHUNK)) sent += CHUNK.length
  const [response] = (await once(upstream, 'response')) as [IncomingMessage]
  let isStuck = false
  while (!isStuck && sent < LIMIT) {
    const drained = once(upstream, 'drain').then(() => false)
    isStuck = await Promise.race([drained, quiet(300)])
    if (!isStuck) upstream.write(CHUNK)
    sent += CHUNK.length
  }
  expect(sent).toBeLessThan(LIMIT)
  response.resume()
  upstream.end()
  await once(response, 'end')
})

test('every event arrives when it is sent', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const stream = await send(host, 'stream', { events: 5, everyMs: 30 })
  const arrivals: number[] = []
  for await (const _ of stream.body ?? []) arrivals.push(performance.now())
  expect(arrivals).toHaveLength(5)
  const [first = 0, , , , last = 0] = arrivals
  expect(last - first).toBeGreaterThan(60)
})

test('a self-contained call is cancelled when its caller leaves', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const caller = new AbortController()
  const options = { headers: MODERN, signal: caller.signal }
  const hanging = send(host, 'hang', { mark: 'm' }, options)
  const stream = await send(host, 'stream', { events: 1e6, everyMs: 5 }, options)
  await expect.poll(() => wrote(host), SOON).toContain('began "m"')
  caller.abort()
  await expect(hanging).rejects.toThrow()
  await expect(stream.text()).rejects.toThrow()
  await expect
    .poll(() => wrote(host), SOON)
    .toEqual(expect.arrayContaining(['left "m"', 'stopped streaming']))
})

test('a legacy call goes on when its caller leaves', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const headers = { 'mcp-session-id': await initialize(host) }
  const caller = new AbortController()
  const options = { headers, signal: caller.signal }
  const working = send(host, 'work', { mark: 'w', ms: 200 }, options)
  const stream = await send(host, 'stream', { events: 20, everyMs: 10 }, options)
  await expect.poll(() => wrote(host), SOON).toContain('began "w"')
  caller.abort()
  await expect(working).rejects.toThrow()
  await expect(stream.text()).rejects.toThrow()
  await expect.poll(() => wrote(host), SOON).toContain('worked "w"')
  expect(wrote(host)).not.toContain('stopped streaming')
})

test('a stream that breaks between two events ends with an error', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const stream = await send(host, 'stream', { events: 9, everyMs: 10, crashAfter: 2 }, { id: 'x' })
  const events = (await stream.text()).trim().split('\n\n')
  expect(events).toHaveLength(3)
  expect(JSON.parse(events[2]?.slice(6) ?? '')).toMatchObject({ id: 'x', error: { code: -32_010 } })
})

test('a caller who breaks off an upload leaves nothing behind', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(large)
  const id = await initialize(host)
  const { result } = await post(host, 'whoami', {}, { headers: { 'mcp-session-id': id } })
  const upstream = begin(host, {
    'x-test-body': 'count',
    'mcp-session-id': id,
    'content-length': String(LIMIT),
  })
  upstream.on('error', () => {})
  upstream.write(CHUNK)
  await once(upstream, 'drain')
  upstream.destroy()
  await expect.poll(() => wrote(host), SOON).toContain('broken off')
  host.advance(900_001)
  await expect.poll(() => isAlive(result?.['pid']), SOON).toBe(false)
})

function begin({ baseUrl }: RuntimeHost, headers: Record<string, string>) {
  return request(`${baseUrl}${INVOCATIONS}`, { method: 'POST', headers: { ...ACCEPT, ...headers } })
}

/** Sends `size` bytes as fast as they are taken. */
async function upload(
  host: RuntimeHost,
  kind: 'echo' | 'count',
  size: number,
  headers: Record<string, string>,
) {
  const upstream = begin(host, { 'x-test-body': kind, ...headers })
  const answered = once(upstream, 'response') as Promise<[IncomingMessage]>
  function* body() {
    for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK.subarray(0, size - sent)
  }
  // A refusal may come before everything is sent.
  const sent = pipeline(Readable.from(body()), upstream).catch(() => {})
  const [response] = await answered
  let bytes = 0
  let text = ''
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (text.length < 1_000) text += chunk.toString()
  }
  upstream.destroy()
  await sent
  return { status: response.statusCode, bytes, text }
}

/** The most that buffers took while it watched, above what they took before; garbage not counted. */
function watchMemory() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const read = () => {
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const before = read()
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, read())), 50)
  return {
    stop() {
      clearInterval(timer)
      return peak - before
    },
  }
}

async function quiet(ms: number): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), ms))
}
