// The processes of the Runtime hull: what they are given, how they start and fail, what is left.
import { existsSync } from 'node:fs'
import { test } from 'vitest'
import { initialize, isAlive, MODERN, post, send, SOON } from '../support/runtime-client.ts'
import {
  runtimeConfiguration,
  startRuntimeHost,
  type RuntimeHost,
} from '../support/runtime-host.ts'

const pidOf = async (host: RuntimeHost, headers: Record<string, string> = {}) =>
  (await post(host, 'whoami', {}, { headers })).result?.['pid']
const wrote = ({ lines }: RuntimeHost) => lines.map(({ line }) => line)
const python = (args: readonly string[], environment: Record<string, string> = {}) => {
  const configuration = runtimeConfiguration({ command: ['python3', ...args] })
  return { ...configuration, environment: { ...configuration.environment, ...environment } }
}

test('a server gets a folder of its own, and nothing of the host environment', async ({
  expect,
}) => {
  await using host = await startRuntimeHost()
  const configuration = runtimeConfiguration()
  const environment = {
    ...configuration.environment,
    NODE_OPTIONS: '--no-warnings',
    TEST_NAME: 'x',
  }
  await host.runtimes.putRuntime({ ...configuration, environment })
  const { result } = await post(host, 'describe')
  const [folder] = await host.folders()
  const env = result?.['env'] as Record<string, string>
  expect(env).toMatchObject({
    HOME: `${host.tempDir}/${folder}`,
    TMPDIR: `${host.tempDir}/${folder}`,
    HOST: '127.0.0.1',
    PORT: '8000',
    TEST_NAME: 'x',
    AWS_REGION: 'us-east-1',
  })
  expect(env['NODE_OPTIONS']).toMatch(/^--no-warnings --import=file:/)
  const known = [
    ...Object.keys(environment),
    'HOME',
    'TMPDIR',
    'LANG',
    'AWS_REGION',
    'HOST',
    'PORT',
  ]
  known.push('PYTHONPATH', 'PYTHONUNBUFFERED', 'CATAMARAN_PORT_FILE', 'CATAMARAN_CONTRACT_PORT')
  expect(Object.keys(env).filter((name) => !known.includes(name))).toEqual([])
})

test('Python servers that listen where the contract says run side by side', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(
    python(['http_server.py', '8000'], { PYTHONPATH: 'other_sitecustomize' }),
  )
  const one = await post(host, 'whoami')
  const two = await post(host, 'whoami')
  expect(one.result).toMatchObject({ path: '/mcp', other: 'loaded' })
  expect(two.result?.['pid']).not.toBe(one.result?.['pid'])
})

test('a program that is neither Node nor Python takes its port from PORT', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const shell = 'unset NODE_OPTIONS; exec node stateful.ts'
  await host.runtimes.putRuntime(runtimeConfiguration({ command: ['/bin/sh', '-c', shell] }))
  const [one, two] = await Promise.all([initialize(host), initialize(host)])
  expect(one).not.toBe(two)
})

test('a script that starts Node is served through its port file', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(
    runtimeConfiguration({ command: ['/bin/sh', '-c', 'node stateless.ts; exit 1'] }),
  )
  const pid = await pidOf(host)
  await host[Symbol.asyncDispose]()
  await expect.poll(() => isAlive(pid), SOON).toBe(false) // the shell did not leave it behind
})

test('a server that does not come up is refused with what it wrote', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const put = (command: readonly string[], startTimeoutMs = 10_000) =>
    host.runtimes.putRuntime(runtimeConfiguration({ command, startTimeoutMs }))
  await expect(put([process.execPath, '-e', 'throw new Error("no config")'])).rejects.toMatchObject(
    {
      code: 'ERR_TARGET_FAILED',
      message: expect.stringMatching(/ended with exit code 1 before it listened(.|\n)*no config/),
    },
  )
  await expect(put([process.execPath, '-e', 'setInterval(() => {}, 1e6)'], 300)).rejects.toThrow(
    'Runtime initialization time exceeded. Please make sure that initialization completes in 0.3s.',
  )
  await expect(put(['no-such-program'])).rejects.toMatchObject({
    code: 'ERR_TARGET_FAILED',
    message: expect.stringContaining('no-such-program'),
  })
  expect(await host.folders()).toEqual([])
  await host.runtimes.putRuntime(runtimeConfiguration())
  await expect(put([process.execPath, '-e', 'process.exit(1)'])).rejects.toThrow('exit code 1')
  expect((await post(host, 'whoami')).result).toMatchObject({ calls: 1 }) // the old one serves
})

test('new sessions take waiting processes, and the pool makes new ones', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ warmSessions: 2 }))
  await expect.poll(() => wrote(host), SOON).toHaveLength(2)
  const waiting = wrote(host)
  const claimed = await Promise.all([pidOf(host), pidOf(host)])
  expect(claimed.map((pid) => `listening as ${String(pid)}`).toSorted()).toEqual(waiting.toSorted())
  await expect.poll(() => wrote(host).length, SOON).toBeGreaterThanOrEqual(4)
})

test('a process that ends while it waits is replaced', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const once = 'process.env.PORT && setTimeout(() => process.exit(9), 50)'
  const dies = ['-e', `require('http').createServer().listen(8000); ${once}`]
  await host.runtimes.putRuntime(
    runtimeConfiguration({ command: [process.execPath, ...dies], warmSessions: 1 }),
  )
  await expect
    .poll(() => host.records.map(({ message }) => message), SOON)
    .toContain('A waiting server process ended')
  await expect.poll(() => host.folders(), SOON).toHaveLength(1)
})

test('a crash fails the calls of that session only', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const [one, two] = await Promise.all([initialize(host), initialize(host)])
  const withOne = { headers: { 'mcp-session-id': one } }
  const hanging = post(host, 'hang', { mark: 'a' }, withOne)
  const working = post(host, 'work', { ms: 150 }, { headers: { 'mcp-session-id': two } })
  await expect.poll(() => wrote(host), SOON).toContain('began "a"')
  const crashed = await post(host, 'crash', {}, { ...withOne, id: 'c' })
  expect(crashed).toMatchObject({
    status: 200,
    id: 'c',
    error: {
      code: -32_010,
      message: 'Tool execution error - Please check your CloudWatch logs for more information',
      data: { reason: 'The server process ended with exit code 3' },
    },
  })
  expect(crashed.headers.get('mcp-session-id')).toBe(one)
  expect((await hanging).error?.code).toBe(-32_010)
  expect((await working).result).toBeDefined()
  const record = host.records.find(({ message }) => message === 'A server process ended by itself')
  expect(record?.fields['lastLines']).toContain('something terrible happened')
  expect((await post(host, 'whoami', {}, withOne)).result).toMatchObject({ calls: 1 })
})

test('stopping the host ends what starts, what waits and what works', async ({ expect }) => {
  const host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ warmSessions: 2 }))
  const pids = [await pidOf(host), await pidOf(host, MODERN)]
  const hanging = post(host, 'hang', { mark: 'h' }, { headers: MODERN })
  const starting = [post(host, 'whoami'), post(host, 'whoami'), post(host, 'whoami')]
  const putting = host.runtimes.putRuntime(runtimeConfiguration())
  const refused = expect(putting).rejects.toThrow('The host is stopping')
  await expect.poll(() => wrote(host), SOON).toContain('began "h"')
  await host.runtimes[Symbol.asyncDispose]()
  expect(await host.folders()).toEqual([])
  expect(pids.filter(isAlive)).toEqual([])
  expect((await hanging).error?.code).toBe(-32_010)
  for (const answer of await Promise.all(starting)) {
    expect(answer.error?.code ?? answer.result?.['calls']).toSatisfy(
      (it) => it === 1 || it === -32_010,
    )
  }
  await refused
  await expect(host.runtimes.putRuntime(runtimeConfiguration())).rejects.toThrow('stopping')
  await host[Symbol.asyncDispose]()
  expect(existsSync(host.tempDir)).toBe(false)
})

test('a caller who leaves while the session starts leaves nothing behind', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  await initialize(host) // takes the process of the deployment
  const caller = new AbortController()
  const leaving = send(host, 'hang', {}, { headers: MODERN, signal: caller.signal })
  await expect.poll(() => host.folders(), SOON).toHaveLength(2)
  caller.abort()
  await expect(leaving).rejects.toThrow()
  expect((await post(host, 'whoami', {}, { headers: MODERN })).result).toMatchObject({ args: {} })
})
