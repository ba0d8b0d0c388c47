// CloudFormation as people and pipelines use it: `aws cloudformation package` and `deploy`, and boto3.
import { mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { pythonEnvironment } from '../support/python-environment.ts'
import { PROGRAMS, RUN_LIMIT_MS, startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const python = await pythonEnvironment('newest')
if (typeof python === 'string') announceSkip('stacks with boto3 and the AWS command line', python)

const SHORT_PAUSES = fileURLToPath(new URL('short-pauses', import.meta.url))

async function run(world: OutsideWorld, command: readonly string[]) {
  if (typeof python === 'string') throw new Error(python)
  const FOLDER = join(world.host.home, 'files')
  await mkdir(FOLDER)
  const PYTHONPATH = [SHORT_PAUSES, python.env['PYTHONPATH']].join(delimiter)
  return world.exec(command, { env: { ...python.env, PYTHONPATH, FOLDER } })
}

describe('a stack from nothing and back', { timeout: RUN_LIMIT_MS + 10_000 }, () => {
  test('with boto3', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    await using world = await startOutsideWorld()
    const result = await run(world, [python.python, join(PROGRAMS, 'walk_stack.py')])
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toEqual({
      values: ['new', 'two'],
      changes: [
        ['Modify', 'A'],
        ['Remove', 'B'],
      ],
      refused: ['ValidationError', 'No updates are to be performed.'],
      first: 'CREATE_IN_PROGRESS',
      last: 'UPDATE_COMPLETE',
    })
  })

  test('with the AWS command line', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    await using world = await startOutsideWorld()
    const result = await run(world, [join(PROGRAMS, 'deploy_stack.sh')])
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(result.stdout.split('\n')).toEqual([
      'Successfully created/updated stack - shell',
      '"Hello, Ada!"',
      'No changes to deploy. Stack shell is up to date',
      'Successfully created/updated stack - shell',
      '"Bonjour, Ada!"',
      'No changes to deploy. Stack shell is up to date',
      'A function, deployed by the AWS command line',
      'Stack with id shell does not exist',
      '',
    ])
  })
})
