// `catamaran up` from the first second to Ctrl-C, as a process of its own.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { GREET, startUp } from '../support/up.ts'

async function copyOfGreet() {
  const dir = join(await mkdtemp(join(tmpdir(), 'catamaran-greet-')), 'greet')
  await cp(GREET, dir, { recursive: true, filter: (file) => !file.includes('.catamaran') })
  return { dir, [Symbol.asyncDispose]: () => rm(join(dir, '..'), { recursive: true }) }
}

const text = (stdout: string) => JSON.parse(stdout).content[0].text as string

test('both hulls answer; tools, call and token find the host by themselves', async ({ expect }) => {
  await using host = await startUp(GREET)
  const { ready, home } = host
  expect(ready.gateway?.targets).toEqual([{ name: 'greet', targetId: expect.any(String) }])
  for (const via of ['gateway', 'runtime']) {
    const flags = ['--via', via, '--json', '--url', ready.url]
    const called = await runCommand(['call', 'greet_user', '{"name":"Ada"}', ...flags], { home })
    expect(called).toMatchObject({ exitCode: 0, stderr: '' })
    expect(text(called.stdout)).toBe('Hello, Ada! Nice to meet you. This is a test message.')
    const listed = await runCommand(['tools', ...flags], { home })
    const name = via === 'gateway' ? 'greet___greet_user' : 'greet_user'
    expect(JSON.parse(listed.stdout).tools.map((it: { name: string }) => it.name)).toEqual([name])
  }
  const token = await runCommand(['token'], { home })
  expect(token.stdout).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+\n$/)
})

test('a refused call names what was wrong and what would work', async ({ expect }) => {
  await using host = await startUp(GREET)
  const { home } = host
  expect(await runCommand(['call', 'greet_usr', '{}'], { home })).toMatchObject({
    exitCode: 4,
    stderr: 'catamaran: Unknown tool: greet_usr; there is greet___greet_user\n',
  })
  expect(await runCommand(['call', 'greet_user', '{name:1}'], { home })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('The arguments are not JSON'),
  })
  const wrong = await runCommand(['call', 'greet_user', '{"name":1}'], { home })
  expect(wrong).toMatchObject({
    exitCode: 7,
    stdout: expect.stringContaining(
      "Field '/name' has invalid type: integer found, string expected",
    ),
  })
  const bad = await runCommand(['tools', '--token', 'nonsense'], { home })
  expect(bad).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('refused the token') })
})

test('without a host, every command says how to start one', async ({ expect }) => {
  const home = await mkdtemp(join(tmpdir(), 'catamaran-home-'))
  for (const args of [['tools'], ['call', 'x'], ['token']]) {
    expect(await runCommand(args, { home })).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: 'catamaran: No host is running; start one with `catamaran up`\n',
    })
  }
  await rm(home, { recursive: true })
})

test('--no-auth opens both hulls and says that there is no token', async ({ expect }) => {
  await using host = await startUp(GREET, ['--no-auth'])
  const { ready, home } = host
  expect(ready.oauth).toBeUndefined()
  const called = await runCommand(['call', 'greet_user', '{"name":"Ada"}'], { home })
  expect(called.stdout).toBe('Hello, Ada! Nice to meet you. This is a test message.\n')
  expect(await runCommand(['token'], { home })).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('--no-auth'),
  })
})

test('saving brings new tools in; a file that does not load keeps the old one', async ({
  expect,
}) => {
  await using copy = await copyOfGreet()
  await using host = await startUp(copy.dir)
  const { home } = host
  const file = join(copy.dir, 'server.ts')
  const source = await readFile(file, 'utf8')
  await writeFile(file, source.replace("name: 'greet_user'", "name: 'salute_user'"))
  await host.saysOnStderr('Reloaded in')
  for (const via of ['gateway', 'runtime']) {
    const called = await runCommand(['call', 'salute_user', '{"name":"Ada"}', '--via', via], {
      home,
    })
    expect(called).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Hello, Ada!') })
  }
  await writeFile(file, 'export default {{{')
  await host.saysOnStderr('The old code keeps serving')
  const after = await runCommand(['call', 'salute_user', '{"name":"Ada"}'], { home })
  expect(after.exitCode).toBe(0)
})

test('ids, keys and secrets are the same after a restart', async ({ expect }) => {
  await using copy = await copyOfGreet()
  const dataDir = join(copy.dir, 'data')
  await using first = await startUp(copy.dir, ['--data-dir', dataDir])
  const token = await first.token()
  await first.stop()
  await using second = await startUp(copy.dir, ['--data-dir', dataDir])
  expect(second.ready.gateway?.gatewayId).toBe(first.ready.gateway?.gatewayId)
  expect(second.ready.runtime?.agentRuntimeArn).toBe(first.ready.runtime?.agentRuntimeArn)
  const { clientId, clientSecret } = first.ready.oauth ?? {}
  expect(second.ready.oauth).toMatchObject({ clientId, clientSecret })
  expect(await readFile(join(dataDir, 'catamaran.db'), 'latin1')).not.toContain(clientSecret)
  expect(token).not.toBe('')
})

test('one data directory has one host; a taken port is named', async ({ expect }) => {
  await using copy = await copyOfGreet()
  const dataDir = join(copy.dir, 'data')
  await using host = await startUp(copy.dir, ['--data-dir', dataDir])
  const again = await runCommand(['up', copy.dir, '--data-dir', dataDir], { home: host.home })
  expect(again).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('already up at') })

  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const args = ['up', copy.dir, '--data-dir', `${dataDir}2`, '--port', String(port)]
  const taken = await runCommand(args, { home: host.home })
  other.close()
  expect(taken).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`),
  })
})

test('what cannot be hosted is refused with its exit code', async ({ expect }) => {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-bad-'))
  try {
    expect(await runCommand(['up', join(dir, 'missing')])).toMatchObject({ exitCode: 4 })
    expect(await runCommand(['up', dir, '--port', 'x'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('A port is a number from 0 to 65535.'),
    })
    await writeFile(join(dir, 'server.ts'), 'export default 1')
    const noServer = await runCommand(['up', dir, '--port', '0', '--json'])
    expect(noServer.exitCode).toBe(7)
    expect(noServer.stdout).toBe('')
    expect(noServer.stderr).toContain('server.default.handler')
  } finally {
    await rm(dir, { recursive: true })
  }
})

test('Ctrl-C, SIGTERM and even SIGKILL leave no process behind', async ({ expect }) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    await using host = await startUp(GREET, ['--no-auth'])
    const children = descendants(host.pid)
    expect(children.length).toBeGreaterThanOrEqual(2)
    await host.end(signal)
    await expect.poll(() => children.filter(isRunning), { timeout: 10_000 }).toEqual([])
  }
})

test('init writes a project that runs at once, and touches nothing that is there', async ({
  expect,
}) => {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-init-'))
  try {
    const project = join(dir, 'my-tools')
    expect(await runCommand(['init', project])).toMatchObject({ exitCode: 0 })
    await using host = await startUp(project)
    const { home } = host
    const listed = await runCommand(['tools', '--json'], { home })
    expect(JSON.parse(listed.stdout).tools).toHaveLength(1)
    expect(await runCommand(['init', project])).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('already has'),
    })
  } finally {
    await rm(dir, { recursive: true })
  }
})

test('every command explains itself', async ({ expect }) => {
  for (const command of ['up', 'tools', 'call', 'token', 'init']) {
    const help = await runCommand([command, '--help'])
    expect(help).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('Usage:'),
    })
  }
  expect(await runCommand(['upp'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean up?'),
  })
})

function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const children = rows.filter(([, parent]) => parent === pid).map(([child = 0]) => child)
  return [...children, ...children.flatMap(descendants)].filter((child) => child !== pid)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
