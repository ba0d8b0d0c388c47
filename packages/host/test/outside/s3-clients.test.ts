// The S3 clients that most people use, as programs written for AWS use them.
import { spawn, spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { collect } from '../support/command.ts'
import { pythonEnvironment } from '../support/python-environment.ts'
import { SECRET, startS3World } from '../support/s3-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { PROGRAMS, RUN_LIMIT_MS, startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const python = await pythonEnvironment('newest')
if (typeof python === 'string') announceSkip('S3 with boto3 and the AWS command line', python)

async function run(world: OutsideWorld, command: readonly string[]) {
  if (typeof python === 'string') throw new Error(python)
  const FOLDER = join(world.host.home, 'files')
  await mkdir(FOLDER)
  return world.exec(command, { env: { ...python.env, FOLDER } })
}

const WALKED = {
  large: true,
  head: ['application/zip', { who: 'Ada' }, 18 * 1024 * 1024],
  range: 'ん',
  presigned: 'こんにちは',
  etag: true,
  copied: 18 * 1024 * 1024,
  listed: [...[0, 1, 2, 3, 4].map((index) => `copies/${index}`), 'copies/large'],
  top: ['copies/', 'dir/', '日本語/', 'by-url'],
  refused: 'BucketNotEmpty',
}

describe('a bucket from nothing and back', { timeout: RUN_LIMIT_MS + 10_000 }, () => {
  test('with boto3', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    await using world = await startOutsideWorld()
    const result = await run(world, [python.python, join(PROGRAMS, 'walk_s3.py')])
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toEqual(WALKED)
  })

  test('with boto3, every signature verified', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    await using world = await startS3World()
    await using folder = await temporaryFolder()
    const child = spawn(python.python, [join(PROGRAMS, 'walk_s3.py')], {
      env: {
        ...python.env,
        FOLDER: folder.path,
        AWS_ENDPOINT_URL: world.url,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: '000000000000',
        AWS_SECRET_ACCESS_KEY: SECRET,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const result = await collect(child)
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toEqual(WALKED)
    expect(world.logged).toEqual([])
  })

  test('with the AWS command line and curl', async ({ expect, skip }) => {
    if (typeof python === 'string') return skip(python)
    if (spawnSync('curl', ['--version']).error) return skip('curl is not installed')
    await using world = await startOutsideWorld()
    const result = await run(world, [join(PROGRAMS, 'walk_s3.sh')])
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(result.stdout.split('\n')).toEqual([
      'uploaded: 4',
      'again: 0',
      'changed: 1',
      'listed: deep/ index.html large.bin',
      'Total Objects: 4',
      'read: home',
      'presigned: streamed',
      'same',
      'removed: 2',
      'text/html',
      'buckets: 0',
      '',
    ])
  })
})
