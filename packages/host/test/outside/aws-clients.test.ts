// The two clients that most people reach AWS with, and curl for what has no client: a script builds both
// hulls, uses them and takes them down, as it would on AWS.
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, test } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { startPostgres } from '../support/postgres-server.ts'
import { pythonEnvironment } from '../support/python-environment.ts'
import { zipFiles } from '../support/zip.ts'
import { nodeAgent, pythonAgent, type AgentArchive } from './agent-archives.ts'
import { PROGRAMS, RUN_LIMIT_MS, startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const python = await pythonEnvironment('newest')
if (typeof python === 'string') announceSkip('boto3 and the AWS command line', python)

const HANDLER = `
def lambda_handler(event, context):
    tool = context.client_context.custom["bedrockAgentCoreToolName"]
    return {"tool": tool, "greeting": f"Hello, {event['name']}!"}
`

const server = await startPostgres()
if (typeof server === 'string') announceSkip('boto3 with PostgreSQL below', server)
afterAll(async () => {
  if (typeof server !== 'string') await server[Symbol.asyncDispose]()
})

async function walk(
  world: OutsideWorld,
  command: readonly string[],
  agent: AgentArchive,
  env: Readonly<Record<string, string>>,
) {
  const functionZip = join(world.host.home, 'function.zip')
  await writeFile(functionZip, zipFiles({ 'index.py': HANDLER }))
  await world.putObject('agents', 'agent.zip', agent.zip)
  return world.exec(command, {
    env: {
      ...env,
      BUCKET: 'agents',
      KEY: 'agent.zip',
      RUNTIME: agent.runtime,
      ENTRY_POINT: agent.entryPoint,
      FUNCTION_ZIP: functionZip,
    },
  })
}

const ANSWER = { tool: 'greeter___greet_user', greeting: 'Hello, Ada!' }

describe('from an empty host to both hulls', { timeout: RUN_LIMIT_MS + 10_000 }, () => {
  const databases = [
    { database: 'a file', url: undefined },
    ...(typeof server === 'string' ? [] : [{ database: 'PostgreSQL', url: server.url() }]),
  ]

  test.for(databases)('with boto3, and back; on $database', async ({ url }, { expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    await using world = await startOutsideWorld(url)
    const command = [python.python, join(PROGRAMS, 'walk.py')]
    const result = await walk(world, command, pythonAgent(python.version), python.env)
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toEqual({
      called: ANSWER,
      invoked: { greeting: 'Hello, Ada!' },
    })
  })

  test('with the AWS command line and curl', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    if (spawnSync('curl', ['--version']).error) return skip('curl is not installed')
    await using world = await startOutsideWorld()
    const result = await walk(world, [join(PROGRAMS, 'walk.sh')], nodeAgent, python.env)
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    const { called, invoked } = JSON.parse(result.stdout)
    expect(JSON.parse(called.result.content[0].text)).toEqual(ANSWER)
    expect(invoked).toEqual({ greeting: 'Hello, Ada!' })
  })
})
