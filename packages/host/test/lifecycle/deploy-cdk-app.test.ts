// A CDK app from its cdk.json to a function that answers, and what happens while somebody works on it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { createCdkApp } from '../support/python-cdk-app.ts'
import { runCommand } from '../support/command.ts'
import { machinePython } from '../support/python.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUp } from '../support/up.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))
const python = await machinePython()
const isReady = typeof python !== 'string'
beforeAll(() => {
  if (!isReady) announceSkip('CDK apps with Python functions', python)
})

let cache: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  cache = await temporaryFolder()
})
afterAll(() => cache[Symbol.asyncDispose]())

/** A host, an app, and a cache that only these tests fill. */
async function world() {
  const host = await startUp('', ['--empty'])
  const app = await createCdkApp()
  const env = { XDG_CACHE_HOME: cache.path }
  const { home } = host
  return {
    host,
    app,
    run: (...args: string[]) => runCommand(args, { home, cwd: app.dir, env }),
    start: (...args: string[]) => startCommand(args, { home, cwd: app.dir, env }),
    invoke: (functionName: string) => invoke(host.ready.url, functionName),
    async [Symbol.asyncDispose]() {
      await host.stop()
      await app[Symbol.asyncDispose]()
    },
  }
}

async function invoke(endpoint: string, functionName: string): Promise<unknown> {
  const client = new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'x' },
  })
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: functionName }))
  client.destroy()
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown
}

/** `S` of a process that sleeps, `Z` of one that nobody has collected yet, nothing of none. */
function stateOf(pid: string): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.slice(0, 1)
}

interface CommandPlace {
  readonly home: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** A command that goes on until it is told to end. */
function startCommand(args: readonly string[], { home, cwd, env }: CommandPlace) {
  const child = spawn(process.execPath, [CATAMARAN, ...args], {
    cwd,
    env: { ...process.env, HOME: home, XDG_STATE_HOME: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (text: string) => (said += text)
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return {
    said: () => said,
    /** Waits until it has said this, after everything that it had said before. */
    async says(text: string, from = 0): Promise<number> {
      await vi.waitFor(
        () => {
          if (!said.slice(from).includes(text)) throw new Error(`not said: ${text}\n${said}`)
        },
        { timeout: 120_000, interval: 20 },
      )
      return said.length
    },
    async interrupt(): Promise<number | null> {
      child.kill('SIGINT')
      return exited
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGKILL')
      await exited
    },
  }
}

/** Each starts a host, the CDK, pip and Python, on machines that may have more to do. */
const TIME = { timeout: 300_000 }

describe.skipIf(!isReady)('a CDK app', TIME, () => {
  test('goes from cdk.json to a function that answers, its layer bundled without Docker', async ({
    expect,
  }) => {
    await using it = await world()
    const first = await it.run('deploy', '--json')
    expect(first, first.stderr).toMatchObject({ exitCode: 0, stderr: '' })
    const { stacks } = JSON.parse(first.stdout) as {
      stacks: { outputs: { FunctionName: string } }[]
    }
    const name = stacks[0]?.outputs.FunctionName ?? ''
    expect(await it.invoke(name)).toEqual({ answer: 42, version: 'one' })
    expect((await it.run('diff', '--fail')).stdout).toBe('Web  no differences\n')
    const again = await it.run('deploy', '.', 'W*')
    expect(again.stderr).toContain('Web  no changes')
    expect(again.stderr).not.toContain('Collecting')
    const removed = await it.run('destroy')
    expect(removed, removed.stderr).toMatchObject({ exitCode: 0 })
    await expect(it.invoke(name)).rejects.toThrow('Function not found')
  })

  test('a saved function is swapped in; what goes wrong is told, and watching goes on', async ({
    expect,
  }) => {
    await using it = await world()
    await using other = await temporaryFolder()
    const elsewhere = join(other.path, 'server.ts')
    await writeFile(elsewhere, '1')
    await using watching = it.start('deploy', '--watch', '-c', `elsewhere=${elsewhere}`)
    let heard = await watching.says('Watching')
    const { FunctionName = '' } = JSON.parse((await it.run('outputs', '--json')).stdout) as {
      FunctionName?: string
    }
    await it.app.edit('src/index.py', '"one"', '"two"')
    heard = await watching.says('Swapped Function/Code', heard)
    expect(await it.invoke(FunctionName)).toEqual({ answer: 42, version: 'two' })
    expect(watching.said().match(/Synthesising/g)).toHaveLength(1)

    await writeFile(elsewhere, '2') // as constructs say that they bundle it
    heard = await watching.says('Web updated in', await watching.says('Synthesising', heard)) // the CDK names the code differently

    await it.app.edit('app.js', "'Function',", "'Function', {")
    heard = await watching.says('SyntaxError', heard)
    await it.app.edit('app.js', "'Function', {", "'Function',")
    heard = await watching.says('Web  no changes', heard)
    await it.app.edit('src/index.py', '"two"', '"three"')
    await watching.says('Swapped', heard)
    expect(await it.invoke(FunctionName)).toEqual({ answer: 42, version: 'three' })
    expect(await watching.interrupt()).toBe(0)
  })

  test('Ctrl-C leaves the host to finish, and says so', async ({ expect }) => {
    await using it = await world()
    await using deploying = it.start('deploy', '-c', 'slow=yes')
    await deploying.says('created SlowHandler')
    expect(await deploying.interrupt()).toBe(130)
    expect(deploying.said()).toContain('the host goes on with Web')
    await vi.waitFor(
      async () => expect((await it.run('stacks')).stdout).toContain('Web  CREATE_COMPLETE'),
      { timeout: 120_000 },
    )
  })

  test('Ctrl-C while code is bundled ends the command and takes its folders along', async ({
    expect,
  }) => {
    await using it = await world()
    await using temporary = await temporaryFolder()
    await it.app.edit('app.js', "'pip install", "'sleep 271 & echo sleeper $!; wait; pip install")
    const env = { XDG_CACHE_HOME: cache.path, TMPDIR: temporary.path }
    const place = { home: it.host.home, cwd: it.app.dir, env }
    await using deploying = startCommand(['deploy'], place)
    await deploying.says('sleeper ')
    const [, pid = ''] = /sleeper (\d+)/.exec(deploying.said()) ?? []
    expect(stateOf(pid)).toBe('S')
    expect(await deploying.interrupt()).toBe(130)
    await vi.waitFor(() => expect(['', 'Z']).toContain(stateOf(pid)))
    const left = await readdir(temporary.path)
    expect(left.filter((name) => name.startsWith('catamaran-'))).toEqual([])
  })

  test('--up brings its own host, and takes it along', async ({ expect }) => {
    await using app = await createCdkApp()
    await using home = await temporaryFolder()
    const place = { home: home.path, cwd: app.dir, env: { XDG_CACHE_HOME: cache.path } }
    await using deploying = startCommand(['deploy', '--up'], place)
    await deploying.says('Ctrl-C stops the host')
    expect((await runCommand(['stacks'], place)).stdout).toContain('Web  CREATE_COMPLETE')
    expect(await deploying.interrupt()).toBe(0)
    expect((await runCommand(['stacks'], place)).exitCode).toBe(4)
  })
})
