// Agent runtimes from container images, with a stand-in for docker: a script that keeps containers as
// processes of this machine. It shows what the engine is asked for, not that an engine would do it.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as expectLater, test } from 'vitest'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import {
  HTTP_AGENT,
  ROLE,
  SESSION_HEADER,
  startAgentRuntimeWorld,
} from '../support/agent-runtime-world.ts'
import { SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const IMAGE = '000000000000.dkr.ecr.us-east-1.amazonaws.com/agent:1'
const SESSION = 'a-session-id-that-is-long-enough-00001'

const CONTAINER = {
  agentRuntimeName: 'agent',
  agentRuntimeArtifact: { containerConfiguration: { containerUri: IMAGE } },
  roleArn: ROLE,
  environmentVariables: { AGENT_VERSION: 'in a container' },
}

test('each session gets a container, and none is left', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const docker = await writeDocker(folder.path)
  await using world = await startAgentRuntimeWorld(folder.path, {
    engineEnvironment: docker.environment,
  })
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
  const ready = await world.settled(created.record.agentRuntimeId)
  expect(ready.version.state).toMatchObject({ status: 'READY' })
  expect(await docker.containers()).toEqual([])
  const answer = await world.call(created, { body: 'hi', headers: { [SESSION_HEADER]: SESSION } })
  expect(await answer.json()).toMatchObject({ version: 'in a container', body: 'hi' })
  expect((await docker.containers()).length).toBeGreaterThan(0)
  const command = await world.call(created, {
    operation: 'commands',
    headers: { [SESSION_HEADER]: SESSION },
    body: JSON.stringify({ command: 'echo inside' }),
  })
  expect(await command.text()).toContain('{"contentDelta":{"stdout":"inside\\n"}}')
  const calls = await docker.calls()
  expect(calls).toContainEqual(['image', 'inspect', IMAGE])
  expect(calls).toContainEqual(['pull', '--quiet', IMAGE])
  const run = calls.find(([name]) => name === 'run') ?? []
  expect(run).toContain('--publish=127.0.0.1::8080')
  expect(run).toContain(`--label=catamaran.agent-runtime=${created.record.agentRuntimeId}`)
  expect(run.join(' ')).not.toContain('in a container') // arguments show in the list of processes
  await world.operations.deleteRuntime(DEFAULT_SCOPE, created.record.agentRuntimeId)
  await expectLater.poll(() => docker.containers(), SOON).toEqual([])
})

test('an image that cannot be pulled, and an engine that does not answer, are the reasons', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const docker = await writeDocker(folder.path)
  const reasonOf = async (options: object) => {
    await using home = await temporaryFolder()
    await using world = await startAgentRuntimeWorld(home.path, options)
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
    const { state } = (await world.settled(created.record.agentRuntimeId)).version
    return 'failureReason' in state ? state.failureReason : state.status
  }
  const with_ = (changes: object) => ({ engineEnvironment: { ...docker.environment, ...changes } })
  expect(await reasonOf(with_({ NO_IMAGE: 'yes' }))).toBe(
    `The image ${IMAGE} cannot be pulled: pull access denied`,
  )
  expect(await reasonOf(with_({ NO_ENGINE: 'yes' }))).toBe(
    'no OCI engine answers: docker: Cannot connect to the Docker daemon; podman is not in PATH; nerdctl is not in PATH; use codeConfiguration, or start Docker',
  )
})

test('a host that stops does not wait for an image', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const docker = await writeDocker(folder.path)
  const engineEnvironment = { ...docker.environment, SLOW_IMAGE: 'yes' }
  const world = await startAgentRuntimeWorld(folder.path, { engineEnvironment })
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
  await expectLater
    .poll(() => docker.calls().catch(() => []), SOON)
    .toContainEqual(['pull', '--quiet', IMAGE])
  const startedAt = performance.now()
  await world[Symbol.asyncDispose]()
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await using next = await startAgentRuntimeWorld(folder.path, {
    engineEnvironment: docker.environment,
  })
  const { version } = await next.settled(created.record.agentRuntimeId)
  expect(version.state).toMatchObject({ status: 'READY' })
})

/** A folder with an executable `docker`, which writes down what it is asked. */
async function writeDocker(dir: string) {
  const bin = join(dir, 'docker-bin')
  const state = join(dir, 'docker-state')
  await mkdir(bin)
  await mkdir(state)
  const script = join(bin, 'docker')
  await writeFile(script, `#!${process.execPath}\n${DOCKER}`, { mode: 0o755 })
  await writeFile(
    join(state, 'agent.mjs'),
    HTTP_AGENT.replace('listen(8080', 'listen(+process.env.PUBLISHED'),
  )
  const listed = async () => (await readdir(state)).filter((name) => name.startsWith('catamaran-'))
  return {
    environment: { PATH: bin, STATE: state },
    containers: listed,
    calls: async () =>
      (await readFile(join(state, 'calls'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string[]),
  }
}

const DOCKER = `
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { spawn, spawnSync } = require('node:child_process')
const { createServer } = require('node:net')
const { STATE, NO_ENGINE, NO_IMAGE, SLOW_IMAGE } = process.env
const args = process.argv.slice(2)
appendFileSync(STATE + '/calls', JSON.stringify(args) + '\\n')
const fail = (text) => { console.error(text); process.exit(1) }
const file = (name) => STATE + '/' + name
const commands = {
  version() { if (NO_ENGINE) fail('Cannot connect to the Docker daemon') },
  ps() {},
  image() { fail('No such image') },
  pull() {
    if (NO_IMAGE) fail('pull access denied')
    if (SLOW_IMAGE) setTimeout(() => {}, 60_000)
  },
  run() {
    const option = (name) => args.find((it) => it.startsWith('--' + name + '='))?.slice(name.length + 3)
    const name = option('name')
    const variables = readFileSync(option('env-file'), 'utf8').trim().split('\\n').map((it) => it.split('='))
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => {
        const env = { ...Object.fromEntries(variables), PUBLISHED: String(port) }
        const child = spawn(process.execPath, [STATE + '/agent.mjs'], { env, stdio: 'inherit' })
        writeFileSync(file(name), child.pid + ' ' + port)
        child.on('exit', () => process.exit(0))
      })
    })
  },
  port() {
    if (!existsSync(file(args[1]))) fail('No such container')
    console.log('127.0.0.1:' + readFileSync(file(args[1]), 'utf8').split(' ')[1])
  },
  exec() { process.exit(spawnSync(args[2], args.slice(3), { stdio: 'inherit' }).status) },
  rm() {
    if (!existsSync(file(args[2]))) return
    const [pid] = readFileSync(file(args[2]), 'utf8').split(' ')
    rmSync(file(args[2]))
    process.kill(Number(pid), 'SIGKILL')
  },
}
commands[args[0]]()
`
