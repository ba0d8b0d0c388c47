// InvokeAgentRuntimeCommand and StopRuntimeSession (service model bedrock-agentcore 2024-02-28).
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { expect as expectLater, test } from 'vitest'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import {
  codeRuntime,
  HTTP_AGENT,
  SESSION_HEADER,
  startAgentRuntimeWorld,
  type AgentRuntimeWorld,
} from '../support/agent-runtime-world.ts'
import { isAlive, SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SESSION = 'a-session-id-that-is-long-enough-00001'
const headers = { [SESSION_HEADER]: SESSION }

async function withAgent(
  body: (
    world: AgentRuntimeWorld,
    run: (command: string, timeout?: number) => Promise<Response>,
    stop: (id: string) => Promise<Response>,
    ask: () => Promise<{ pid: number; home: string }>,
  ) => Promise<void>,
) {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  const input = codeRuntime('agent', 'agent.zip', { environmentVariables: { GREETING: 'hello' } })
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, input)
  await world.settled(created.record.agentRuntimeId)
  await body(
    world,
    (command, timeout) =>
      world.call(created, {
        operation: 'commands',
        headers,
        body: JSON.stringify({ command, ...(timeout !== undefined && { timeout }) }),
      }),
    (id) =>
      world.call(created, {
        operation: 'stopruntimesession',
        headers: { [SESSION_HEADER]: id },
        body: '{"clientToken":"a"}',
      }),
    async () => {
      const answer = await world.call(created, { headers, body: '' })
      return (await answer.json()) as { pid: number; home: string }
    },
  )
}

test('a command runs beside the server, and what it writes is told as it comes', async ({
  expect,
}) => {
  await withAgent(async (_, run, __, ask) => {
    const answer = await run('echo "$GREETING from $PWD"; echo oops >&2; exit 3')
    expect(answer.headers.get('content-type')).toBe('application/vnd.amazon.eventstream')
    expect(answer.headers.get(SESSION_HEADER)).toBe(SESSION)
    const events = await readEvents(answer)
    const { home } = await ask()
    expect(events[0]).toEqual({ type: 'chunk', contentStart: {} })
    expect(textOf(events, 'stdout')).toBe(`hello from ${home}\n`)
    expect(textOf(events, 'stderr')).toBe('oops\n')
    expect(events.at(-1)).toEqual({
      type: 'chunk',
      contentStop: { exitCode: 3, status: 'COMPLETED' },
    })
    const call = await readEvents(await run('curl -s localhost:$PORT/ping'))
    expect(textOf(call, 'stdout')).toBe('{"status":"Healthy"}')
    const long = await readEvents(await run('yes | head -c 3000000'))
    expect(textOf(long, 'stdout')).toHaveLength(3_000_000)
  })
})

test('a command ends when its time is up, when its caller leaves, and with its session', async ({
  expect,
}) => {
  await withAgent(async (_, run, stop) => {
    const late = await readEvents(await run('echo $$; sleep 100', 1))
    expect(late.at(-1)).toMatchObject({ contentStop: { status: 'TIMED_OUT' } })
    const pid = textOf(late, 'stdout').trim()
    await expectLater.poll(() => isAlive(pid), SOON).toBe(false)

    const left = await run('sleep 101')
    await left.body?.cancel()

    const ended = readEvents(await run('echo $$; sleep 102'))
    expect((await stop(SESSION)).status).toBe(200)
    const events = await ended
    expect(events.at(-1)).toEqual({ type: 'runtimeClientError', message: 'StopRuntimeSession' })
    const last = textOf(events, 'stdout').trim()
    if (last !== '') await expectLater.poll(() => isAlive(last), SOON).toBe(false)
  })
})

test('a command of a session that was stopped while it started never runs', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const slow = `await new Promise((resolve) => setTimeout(resolve, 700))\n${HTTP_AGENT}`
  await world.putArchive('agent.zip', { 'main.mjs': slow })
  const input = codeRuntime('slow', 'agent.zip')
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, input)
  const { agentRuntimeId } = (await world.settled(created.record.agentRuntimeId)).record
  const marker = join(folder.path, 'it-ran')
  const body = JSON.stringify({ command: `touch ${marker}; sleep 103` })
  const answer = world.call(created, { operation: 'commands', headers, body })
  await new Promise((resolve) => setTimeout(resolve, 200))
  await world.operations.deleteRuntime(DEFAULT_SCOPE, agentRuntimeId)
  expect((await answer).status).toBe(424)
  expect(await (await answer).json()).toEqual({ message: 'Its agent runtime was deleted' })
  await expect(access(marker)).rejects.toThrow('ENOENT')
})

test('what cannot be run is refused', async ({ expect }) => {
  await withAgent(async (_, run) => {
    const refused = async (answer: Response) => [
      answer.status,
      answer.headers.get('x-amzn-errortype'),
      ((await answer.json()) as { message: string }).message,
    ]
    expect(await refused(await run(''))).toEqual([
      400,
      'ValidationException',
      'command must be a text of 1 to 65536 characters',
    ])
    expect(await refused(await run('true', 3_601))).toEqual([
      400,
      'ValidationException',
      'timeout must be a whole number from 1 to 3600',
    ])
    expect(await refused(await run('x'.repeat(600_000)))).toEqual([
      413,
      'ValidationException',
      'A body may have 524288 bytes at most',
    ])
  })
})

test('a session is stopped once; an unknown one is not found', async ({ expect }) => {
  await withAgent(async (_, __, stop, ask) => {
    const { pid } = await ask()
    const stopped = await stop(SESSION)
    expect([stopped.status, stopped.headers.get(SESSION_HEADER)]).toEqual([200, SESSION])
    expect(isAlive(pid)).toBe(false)
    const unknown = await stop(SESSION)
    expect([unknown.status, unknown.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'ResourceNotFoundException',
    ])
    expect((await ask()).pid).not.toBe(pid)
  })
})

type CommandEvent = Readonly<Record<string, unknown>> & { readonly type: unknown }

async function readEvents(answer: Response): Promise<readonly CommandEvent[]> {
  return decode(Buffer.from(await answer.arrayBuffer()))
}

function decode(bytes: Buffer): readonly CommandEvent[] {
  const codec = new EventStreamCodec(
    (it) => Buffer.from(it).toString(),
    (it) => Buffer.from(it),
  )
  const events: CommandEvent[] = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const { headers: names, body } = codec.decode(bytes.subarray(at, at + length))
    const type = (names[':event-type'] ?? names[':exception-type'])?.value
    events.push({ type, ...(JSON.parse(Buffer.from(body).toString()) as object) })
    at += length
  }
  return events
}

function textOf(events: readonly CommandEvent[], stream: 'stdout' | 'stderr'): string {
  return events
    .map(({ contentDelta }) => (contentDelta as Record<string, string> | undefined)?.[stream] ?? '')
    .join('')
}
