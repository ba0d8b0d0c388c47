// The CDK's own command, unmodified, with an app that was written for AWS: it looks for its bootstrap,
// publishes assets, makes change sets and follows stack events.
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createClients } from '../support/aws-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const APP = fileURLToPath(new URL('cdk-app', import.meta.url))
const CLI = fileURLToPath(import.meta.resolve('aws-cdk/package.json'))
const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
/** Loading the construct library alone takes many seconds on a machine that is busy with other tests. */
const LIMIT_MS = 240_000

/** What the command before this one has synthesised. */
const SYNTHESISED = ['--app', 'cdk.out']

describe("the CDK's own command", { timeout: LIMIT_MS }, () => {
  let world: OutsideWorld
  let folder: Awaited<ReturnType<typeof temporaryFolder>>

  beforeAll(async () => {
    world = await startOutsideWorld()
    folder = await temporaryFolder()
    await cp(APP, folder.path, { recursive: true })
    await symlink(NODE_MODULES, join(folder.path, 'node_modules'))
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  const cdk = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    world.exec([process.execPath, join(dirname(CLI), 'bin/cdk'), ...args], {
      cwd: folder.path,
      env: { CI: 'true', ...env },
      limitMs: LIMIT_MS,
    })
  const deploy = async (flags: readonly string[] = [], env = {}) => {
    const fixed = ['--require-approval', 'never', '--outputs-file', 'outputs.json']
    const args = ['deploy', ...fixed, ...flags]
    const result = await cdk(args, env)
    const outputs: unknown = JSON.parse(await readFile(join(folder.path, 'outputs.json'), 'utf8'))
    return { ...result, outputs: outputs as { Greeter: { FunctionName: string } } }
  }
  const greet = async (FunctionName: string) => {
    const { lambda } = createClients(world.host.ready.url)
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: '{"name":"Ada"}' }),
    )
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown
  }

  test('deploys an app, shows and deploys a change, and takes it down', async ({ expect }) => {
    const first = await deploy()
    expect(first, first.stderr).toMatchObject({ exitCode: 0 })
    expect(first.stdout).toContain('✅  Greeter')
    const { FunctionName } = first.outputs.Greeter
    expect(await greet(FunctionName)).toBe('Hello, Ada!')

    const env = { GREETING: 'Hi' }
    const diff = await cdk(['diff'], env)
    expect(diff.stdout).toMatch(/\[~] AWS::Lambda::Function Greet.*\[-] Hello.*\[\+] Hi/s)
    const second = await deploy(SYNTHESISED)
    expect(second, second.stderr).toMatchObject({ exitCode: 0, outputs: first.outputs })
    expect(await greet(FunctionName)).toBe('Hi, Ada!')

    const again = await deploy(SYNTHESISED)
    expect(again.stdout).toContain('✅  Greeter (no changes)')

    const file = join(folder.path, 'function/index.mjs')
    await writeFile(file, (await readFile(file, 'utf8')).replace('!', '!!'))
    const swapped = await deploy(['--hotswap'], env)
    expect(swapped.stdout).toContain('hotswapped!')
    expect(await greet(FunctionName)).toBe('Hi, Ada!!')

    const gone = await cdk(['destroy', '--force', ...SYNTHESISED])
    expect(gone, gone.stderr).toMatchObject({ exitCode: 0 })
    await expect(greet(FunctionName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
