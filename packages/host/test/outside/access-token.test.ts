// The token that AWS's own packages hand to a function, with their code as it was published.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test, type ExpectStatic } from 'vitest'
import { z } from 'zod'
import { announceSkip } from '../support/announce-skip.ts'
import { pythonEnvironment, REQUIREMENT_SETS } from '../support/python-environment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import {
  createCredentialProvider,
  createGateway,
  createMachineClient,
  type MachineClient,
} from './outside-resources.ts'
import { PROGRAMS, startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const PROVIDER = 'cognito-for-gateway'
const CODE = 'def lambda_handler(event, context):\n    return event\n'
const ECHO = {
  name: 'echo',
  description: 'Says what it is told',
  inputSchema: { type: 'object' as const, properties: { text: { type: 'string' as const } } },
}

const pythons = await Promise.all(
  REQUIREMENT_SETS.map(async (set) => ({ set, python: await pythonEnvironment(set) })),
)

let world: OutsideWorld
let client: MachineClient
let gatewayUrl: string
beforeAll(async () => {
  world = await startOutsideWorld()
  client = await createMachineClient(world)
  await createCredentialProvider(world, PROVIDER, client)
  const aws = await createGateway(world, 'echo', client, {
    name: 'echo',
    code: CODE,
    tools: [ECHO],
  })
  const [gatewayId] = new URL(aws).host.split('.')
  gatewayUrl = `${world.host.ready.url}/gateway/${gatewayId}/mcp`
})
afterAll(() => world[Symbol.asyncDispose]())

const environment = () => ({
  OAUTH2_PROVIDER_NAME: PROVIDER,
  OAUTH2_SCOPES: client.scopes.join(' '),
})

/** It is good for what it was asked for: the gateway lets its bearer in. */
async function expectUsable(tokens: readonly string[], expect: ExpectStatic): Promise<void> {
  for (const token of tokens) {
    const answer = await fetch(gatewayUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    })
    expect(await answer.text()).toContain('echo___echo')
  }
}

describe.each(pythons)('Python bedrock-agentcore, $set', ({ set, python }) => {
  if (typeof python === 'string') announceSkip(`Python bedrock-agentcore (${set})`, python)

  test.skipIf(typeof python === 'string')(
    'hands out a usable token, and remembers its workload identity',
    async ({ expect, skip }) => {
      if (typeof python === 'string') return skip(python)
      await using folder = await temporaryFolder()
      const run = () =>
        world.exec([python.python, join(PROGRAMS, 'access_token.py')], {
          cwd: folder.path,
          env: { ...python.env, ...environment() },
        })
      const first = await run()
      expect(first, first.stderr).toMatchObject({ exitCode: 0 })
      expect(first.stdout).toContain('Created a workload identity')
      await expectUsable(readTokens(first.stdout), expect)

      const kept = await readFile(join(folder.path, '.agentcore.json'), 'utf8')
      const second = await run()
      expect(second, second.stderr).toMatchObject({ exitCode: 0 })
      expect(second.stdout).not.toContain('Created a workload identity')
      expect(await readFile(join(folder.path, '.agentcore.json'), 'utf8')).toBe(kept)
      await expectUsable(readTokens(second.stdout), expect)
    },
  )

  test.skipIf(typeof python === 'string')(
    'uses a workload identity that it was left on AWS',
    async ({ expect, skip }) => {
      if (typeof python === 'string') return skip(python)
      await using folder = await temporaryFolder()
      const left = { workload_identity_name: `workload-left-${set}`, user_id: 'ada' }
      await writeFile(join(folder.path, '.agentcore.json'), JSON.stringify(left))
      const result = await world.exec([python.python, join(PROGRAMS, 'access_token.py')], {
        cwd: folder.path,
        env: { ...python.env, ...environment() },
      })
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout).toContain(`Found existing workload identity`)
      await expectUsable(readTokens(result.stdout), expect)
    },
  )
})

test('TypeScript bedrock-agentcore hands out a usable token', async ({ expect }) => {
  const program = join(PROGRAMS, 'access-token.ts')
  const result = await world.exec([process.execPath, program], { env: environment() })
  expect(result, result.stderr).toMatchObject({ exitCode: 0 })
  await expectUsable(readTokens(result.stdout), expect)
})

/** The last line; what the packages say of themselves comes before it. */
function readTokens(stdout: string): readonly string[] {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  return z.array(z.string()).nonempty().parse(JSON.parse(line))
}
