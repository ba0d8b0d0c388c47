import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { openBucketStore } from './buckets/open-bucket-store.ts'
import { openImageBuilds } from './image-builds.ts'

const scope = { accountId: '123456789012', region: 'eu-west-1' }
const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/agent'
const instructions = { dockerfile: 'deploy/Dockerfile', buildArgs: { A: 'ä=1', B: '' } }

test('a build folder is kept under the address of its image', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'assets'))
  await writeFile(join(folder.path, 'assets', 'folder.zip'), 'an archive')
  const open = () => openImageBuilds(openBucketStore({ bucketsDir: folder.path }))
  const builds = open()
  const source = { bucket: 'assets', key: 'folder.zip' }
  const build = { scope, imageUri: `${repository}:v1`, source, ...instructions, target: 'web' }
  await builds.register(build)
  await writeFile(join(folder.path, 'assets', 'folder.zip'), 'another one')
  await builds.register({ ...build, imageUri: `${repository}/deeper:v1` })

  const found = await open().find(scope, `${repository}:v1`)
  expect(found).toMatchObject({ ...instructions, target: 'web', imageUri: `${repository}:v1` })
  expect(await readFile(found?.zip ?? '', 'utf8')).toBe('an archive')
  expect(await builds.list(repository)).toMatchObject([
    { tag: 'v1', sizeBytes: 10, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string },
  ])
  await builds.clear(repository)
  expect(await builds.list(repository)).toEqual([])
  expect(await builds.list(`${repository}/deeper`)).toHaveLength(1)
})

test('an image is its account and Region alone, and has a folder that is there', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'assets'))
  await writeFile(join(folder.path, 'assets', 'folder.zip'), 'an archive')
  const builds = openImageBuilds(openBucketStore({ bucketsDir: folder.path }))
  const source = { bucket: 'assets', key: 'folder.zip' }
  const build = { scope, imageUri: `${repository}:v1`, source, ...instructions }
  await builds.register(build)
  const other = { ...scope, accountId: '000000000000' }
  expect(await builds.find(other, `${repository}:v1`)).toBeUndefined()
  expect(await builds.find({ ...scope, region: 'us-east-1' }, `${repository}:v1`)).toBeUndefined()
  expect(await builds.find(scope, `${repository}:v2`)).toBeUndefined()
  expect(await builds.find(scope, 'docker.io/library/nginx:1')).toBeUndefined()
  await expect(builds.register({ ...build, scope: other })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })
  await expect(builds.register({ ...build, imageUri: repository })).rejects.toThrow('with its tag')
  await expect(builds.register({ ...build, source: { ...source, key: 'none' } })).rejects.toThrow(
    'no object none in assets',
  )
})
