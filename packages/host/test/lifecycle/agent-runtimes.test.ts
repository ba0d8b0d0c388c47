// Agent runtimes made by the control plane: artifacts, versions, endpoints, restarts (service model
// bedrock-agentcore-control 2023-06-05; AgentCore developer guide, Runtime versioning and endpoints).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as expectLater, test } from 'vitest'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import {
  codeRuntime,
  HTTP_AGENT,
  SESSION_HEADER,
  startAgentRuntimeWorld,
} from '../support/agent-runtime-world.ts'
import { SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SESSION = 'a-session-id-that-is-long-enough-00001'
const OTHER_SESSION = 'a-session-id-that-is-long-enough-00002'
const inSession = (id = SESSION) => ({ [SESSION_HEADER]: id })
const version = (text: string) => ({ environmentVariables: { AGENT_VERSION: text } })

test('a Node archive becomes READY and answers; its session keeps its process', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  const created = await operations.createRuntime(DEFAULT_SCOPE, codeRuntime('agent', 'agent.zip'))
  expect(created.version.state).toEqual({ status: 'CREATING' })
  const early = await world.call(created, { body: 'x' })
  expect([early.status, early.headers.get('x-amzn-errortype')]).toEqual([
    409,
    'RetryableConflictException',
  ])
  const { agentRuntimeId } = created.record
  expect((await world.settled(agentRuntimeId)).version.state).toMatchObject({ status: 'READY' })
  expect(await world.host.folders()).toHaveLength(0) // the process that proved it is gone

  const first = await world.call(created, { body: 'hello', headers: inSession() })
  expect(first.headers.get(SESSION_HEADER)).toBe(SESSION)
  const answer = (await first.json()) as { pid: number; headers: object }
  expect(answer).toMatchObject({ calls: 1, url: '/invocations', body: 'hello' })
  expect(answer.headers).toMatchObject({ host: 'localhost:8080', [SESSION_HEADER]: SESSION })
  expect(answer.headers).not.toHaveProperty('authorization')
  const again = await world.call(created, { body: 'hello', headers: inSession() })
  expect(await again.json()).toMatchObject({ pid: answer.pid, calls: 2 })
  const other = await world.call(created, { body: 'hello' })
  expect(await other.json()).not.toMatchObject({ pid: answer.pid })
})

test('what an agent answers is streamed, and its failures are 424', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  const input = codeRuntime('agent', 'agent.zip')
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, input)
  await world.settled(created.record.agentRuntimeId)
  const stream = await world.call(created, { body: 'stream', headers: inSession() })
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  expect(await stream.text()).toBe('data: one\n\ndata: two\n\n')
  const failed = await world.call(created, { body: 'fail', headers: inSession() })
  expect([failed.status, failed.headers.get('x-amzn-errortype')]).toEqual([
    424,
    'RuntimeClientError',
  ])
  expect(await failed.json()).toEqual({
    message:
      'Received error (500) from runtime. Please check your CloudWatch logs for more information',
  })
})

test('versions are immutable, DEFAULT follows the newest, other endpoints are moved', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  const input = codeRuntime('agent', 'agent.zip', version('one'))
  const created = await operations.createRuntime(DEFAULT_SCOPE, input)
  const { agentRuntimeId: id } = created.record
  const refused = operations.updateRuntime(DEFAULT_SCOPE, id, input)
  await expect(refused).rejects.toMatchObject({ code: 'ERR_CONFLICT' })
  await world.settled(id)
  await operations.createEndpoint(DEFAULT_SCOPE, id, { name: 'prod', description: 'first' })
  const ask = async (qualifier: string, session = SESSION) => {
    const query = `?qualifier=${qualifier}`
    const answer = await world.call(created, { query, body: '', headers: inSession(session) })
    return ((await answer.json()) as { version: string }).version
  }
  expect([await ask('DEFAULT'), await ask('prod')]).toEqual(['one', 'one'])

  const updated = await operations.updateRuntime(DEFAULT_SCOPE, id, { ...input, ...version('two') })
  expect(updated.version).toMatchObject({ version: '2', state: { status: 'UPDATING' } })
  expect(operations.getEndpoint(DEFAULT_SCOPE, id, 'DEFAULT')).toMatchObject({
    status: 'UPDATING',
    targetVersion: '2',
    endpoint: { liveVersion: '1' },
  })
  await world.settled(id)
  expect(await ask('DEFAULT')).toBe('one') // a running session keeps what it started with
  expect(await ask('DEFAULT', OTHER_SESSION)).toBe('two')
  expect(await ask('prod', OTHER_SESSION)).toBe('one')
  expect(
    operations.getRuntime(DEFAULT_SCOPE, id, '1').version.definition.environmentVariables,
  ).toEqual({ AGENT_VERSION: 'one' })

  const live = operations.deleteRuntime(DEFAULT_SCOPE, id, '1')
  await expect(live).rejects.toMatchObject({ code: 'ERR_CONFLICT' })
  const moved = await operations.updateEndpoint(DEFAULT_SCOPE, id, 'prod', {
    agentRuntimeVersion: '2',
  })
  expect(moved.after.endpoint).toMatchObject({ liveVersion: '2', description: 'first' })
  expect(await ask('prod', 'a-session-id-that-is-long-enough-00003')).toBe('two')
  await operations.deleteRuntime(DEFAULT_SCOPE, id, '1')
  expect(operations.listVersions(DEFAULT_SCOPE, id).map((it) => it.version.version)).toEqual(['2'])

  await expect(operations.deleteEndpoint(DEFAULT_SCOPE, id, 'DEFAULT')).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
  })
  await operations.deleteEndpoint(DEFAULT_SCOPE, id, 'prod')
  const gone = await world.call(created, { query: '?qualifier=prod', body: '' })
  expect([gone.status, gone.headers.get('x-amzn-errortype')]).toEqual([
    404,
    'ResourceNotFoundException',
  ])
  await operations.deleteRuntime(DEFAULT_SCOPE, id)
  expect(() => operations.getRuntime(DEFAULT_SCOPE, id)).toThrow('No agent runtime')
  expect((await world.call(created, { body: '' })).status).toBe(404)
  await expectLater.poll(() => world.host.folders(), SOON).toHaveLength(0)
})

test('a version that does not come up says why, and the one before goes on', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  const reasonOf = async (input: ReturnType<typeof codeRuntime>) => {
    const { record } = await operations.createRuntime(DEFAULT_SCOPE, input)
    const { state } = (await world.settled(record.agentRuntimeId)).version
    return 'failureReason' in state ? `${state.status}: ${state.failureReason}` : state.status
  }
  expect(await reasonOf(codeRuntime('missing', 'nowhere.zip'))).toBe(
    'CREATE_FAILED: There is no object "nowhere.zip" in the local bucket artifacts; put it there with the S3 API, or as a file in the folder buckets/artifacts of the data directory',
  )
  await world.putArchive('agent.zip', {
    'main.mjs': HTTP_AGENT,
    'throws.mjs': 'console.error(`no ${process.env.TOKEN} here`); process.exit(3)',
  })
  expect(await reasonOf(codeRuntime('other', 'agent.zip', { entryPoint: ['app.mjs'] }))).toBe(
    'CREATE_FAILED: The entry point app.mjs is not in the archive',
  )
  const throwing = codeRuntime('throwing', 'agent.zip', {
    entryPoint: ['throws.mjs'],
    environmentVariables: { TOKEN: 'top-secret-value' },
  })
  expect(await reasonOf(throwing)).toBe(
    'CREATE_FAILED: The server ended with exit code 3 before it listened on port 8080 or $PORT. It wrote:\nno [TOKEN] here',
  )
  const launched = codeRuntime('launched', 'agent.zip', {
    runtime: 'PYTHON_3_11',
    entryPoint: ['opentelemetry-instrument', 'main.py'],
  })
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT, 'main.py': '' })
  expect(await reasonOf(launched)).toContain(
    'CREATE_FAILED: The launcher opentelemetry-instrument is not in the archive',
  )

  const created = await operations.createRuntime(DEFAULT_SCOPE, codeRuntime('good', 'agent.zip'))
  const { agentRuntimeId: id } = created.record
  await world.settled(id)
  await operations.updateRuntime(DEFAULT_SCOPE, id, codeRuntime('good', 'nowhere.zip'))
  expect((await world.settled(id)).version.state).toMatchObject({ status: 'UPDATE_FAILED' })
  expect(operations.getEndpoint(DEFAULT_SCOPE, id, 'DEFAULT')).toMatchObject({
    status: 'READY',
    endpoint: { liveVersion: '1' },
  })
  expect((await world.call(created, { body: '' })).status).toBe(200)
  await operations.updateRuntime(DEFAULT_SCOPE, id, codeRuntime('good', 'agent.zip'))
  expect((await world.settled(id)).version).toMatchObject({ version: '3' })
})

test('what a server wrote before it failed is told without its variables, and not to strangers', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  const dying = "if (body === 'die') return console.error(process.env.TOKEN), process.exit(1)"
  const agent = HTTP_AGENT.replace("if (body === 'fail')", `${dying}\n    $&`)
  await world.putArchive('agent.zip', { 'main.mjs': agent })
  const input = codeRuntime('dying', 'agent.zip', {
    environmentVariables: { TOKEN: 'top-secret-value' },
  })
  const created = await operations.createRuntime(DEFAULT_SCOPE, input)
  await world.settled(created.record.agentRuntimeId)
  expect((await world.call(created, { body: 'die', headers: inSession() })).status).toBe(424)
  await expectLater.poll(() => JSON.stringify(world.host.records), SOON).toContain('[TOKEN]')
  expect(JSON.stringify(world.host.records)).not.toContain('top-secret-value')

  const twoInOne = codeRuntime('two', 'agent.zip', { environmentVariables: { 'A\nB': 'c' } })
  await expect(operations.createRuntime(DEFAULT_SCOPE, twoInOne)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })

  const failing = codeRuntime('failing', 'nowhere.zip')
  const failed = await operations.createRuntime(DEFAULT_SCOPE, failing)
  await world.settled(failed.record.agentRuntimeId)
  const answer = await world.call(failed, { body: '', headers: { authorization: 'nobody' } })
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { message: 'The agent runtime is CREATE_FAILED; GetAgentRuntime tells why' },
  ])
})

test('everything is there after a restart, sealed meanwhile, and what was begun is finished', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const secret = 'an-environment-secret'
  const { created, unfinished } = await (async () => {
    await using world = await startAgentRuntimeWorld(folder.path)
    const { operations } = world
    await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
    const input = codeRuntime('agent', 'agent.zip', {
      environmentVariables: { AGENT_VERSION: secret },
      tags: { team: 'a' },
    })
    const kept = await operations.createRuntime(DEFAULT_SCOPE, input)
    const { agentRuntimeId } = await world
      .settled(kept.record.agentRuntimeId)
      .then((it) => it.record)
    await operations.createEndpoint(DEFAULT_SCOPE, agentRuntimeId, { name: 'prod' })
    const late = await operations.createRuntime(DEFAULT_SCOPE, codeRuntime('late', 'agent.zip'))
    return { created: kept, unfinished: late.record.agentRuntimeId }
  })()
  for (const file of ['catamaran.db', 'catamaran.db-wal']) {
    const bytes = await readFile(join(folder.path, file)).catch(() => Buffer.alloc(0))
    expect(bytes.includes(secret)).toBe(false)
  }
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  const { agentRuntimeId } = created.record
  expect(await world.host.folders()).toHaveLength(0) // nothing starts that nobody calls
  expect(operations.getRuntime(DEFAULT_SCOPE, agentRuntimeId)).toMatchObject({
    record: { tags: { team: 'a' } },
    version: { state: { status: 'READY' } },
  })
  const names = operations
    .listEndpoints(DEFAULT_SCOPE, agentRuntimeId)
    .map((it) => it.endpoint.name)
  expect(names).toEqual(['DEFAULT', 'prod'])
  const answer = await world.call(created, { query: '?qualifier=prod', body: 'x' })
  expect(await answer.json()).toMatchObject({ version: secret })
  expect((await world.settled(unfinished)).version.state.status).toBe('READY')
})

test('a Python archive runs, by itself and under a launcher that hides our module', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  const { operations } = world
  await world.putArchive('agent.zip', {
    'main.py': PYTHON_AGENT,
    'vendored.py': 'NAME = "vendored"\n',
    'bin/opentelemetry-instrument': LAUNCHER,
    'auto/sitecustomize.py': 'import os\nos.environ["LAUNCHED"] = "yes"\n',
  })
  const answerOf = async (name: string, entryPoint: readonly string[]) => {
    const input = codeRuntime(name, 'agent.zip', { runtime: 'PYTHON_3_11', entryPoint })
    const created = await operations.createRuntime(DEFAULT_SCOPE, input)
    const { state } = (await world.settled(created.record.agentRuntimeId)).version
    expect(state).toMatchObject({ status: 'READY' })
    return (await world.call(created, { body: '{}' })).json()
  }
  expect(await answerOf('plain', ['main.py'])).toEqual({ name: 'vendored', launched: null })
  expect(await answerOf('launched', ['opentelemetry-instrument', 'main.py'])).toEqual({
    name: 'vendored',
    launched: 'yes',
  })
}, 60_000)

test('an agent that says it is busy keeps its session', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path)
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  const start = async (name: string, HEALTH: string) => {
    const input = codeRuntime(name, 'agent.zip', {
      environmentVariables: { HEALTH },
      lifecycleConfiguration: { idleRuntimeSessionTimeout: 60 },
    })
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, input)
    await world.settled(created.record.agentRuntimeId)
    const answer = await world.call(created, { body: '', headers: inSession() })
    return { created, pid: ((await answer.json()) as { pid: number }).pid }
  }
  const [busy, idle] = [await start('busy', 'HealthyBusy'), await start('idle', 'Healthy')]
  world.host.advance(61_000)
  const reasons = () =>
    world.host.records
      .filter(({ message }) => message === 'A runtime session ended')
      .map(({ fields }) => fields['agentRuntimeId'])
  await expectLater.poll(reasons, SOON).toEqual([idle.created.record.agentRuntimeId])
  const again = await world.call(busy.created, { body: '', headers: inSession() })
  expect(await again.json()).toMatchObject({ pid: busy.pid, calls: 2 })
})

const PYTHON_AGENT = `import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
import vendored

class Agent(BaseHTTPRequestHandler):
    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({"status": "Healthy"})

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.answer({"name": vendored.NAME, "launched": os.environ.get("LAUNCHED")})

    def log_message(self, *args):
        pass

HTTPServer(("0.0.0.0", 8080), Agent).serve_forever()
`

/** As opentelemetry-instrument does it: its own sitecustomize goes first. */
const LAUNCHER = `#!/nowhere/python
import os, sys
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.environ["PYTHONPATH"] = os.path.join(here, "auto") + ":" + os.environ["PYTHONPATH"]
os.execv(sys.argv[1], sys.argv[1:])
`
