import { test } from 'vitest'
import type { ResourceRequest } from '../resource-type.ts'
import { readBuildCommand } from './build-command.ts'
import { containerImageBuildType } from './container-image-build.ts'
import type { RegisteredBuild } from './ports.ts'

const COMMAND =
  'docker buildx build --build-arg MODE=fast --build-arg NAME="two words" --file docker/Dockerfile --platform linux/arm64 --output type=docker,name=artifact:$imageTag --provenance=false .'

test('the command that deploy-time-build writes is read', ({ expect }) => {
  expect(readBuildCommand(COMMAND)).toEqual({
    dockerfile: 'docker/Dockerfile',
    buildArgs: { MODE: 'fast', NAME: 'two words' },
    platform: 'linux/arm64',
  })
  expect(readBuildCommand('docker buildx build --target=slim --no-cache .')).toEqual({
    dockerfile: 'Dockerfile',
    buildArgs: {},
    target: 'slim',
  })
  expect(() => readBuildCommand('docker buildx build --secret id=a .')).toThrow(
    'The image cannot be built from its folder: --secret is not supported here',
  )
  expect(() => readBuildCommand('rm -rf /')).toThrow('it is not a docker build')
})

test('a build hands its folder over, under a tag that its content decides', async ({ expect }) => {
  const builds: RegisteredBuild[] = []
  const type = containerImageBuildType(async (each) => void builds.push(each))
  const properties = {
    ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:unused',
    buildCommand: COMMAND,
    repositoryUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/it',
    sourceS3Url: 's3://assets/abc.zip',
    tagPrefix: 'v-',
  }
  const request = (changes: object) =>
    ({
      scope: { accountId: '000000000000', region: 'us-east-1' },
      signal: new AbortController().signal,
      properties: { ...properties, ...changes },
    }) as unknown as ResourceRequest
  const first = await type.create(request({}))
  expect(first.physicalId).toMatch(/^v-[0-9a-f]{32}$/)
  expect(first.attributes).toEqual({ ImageTag: first.physicalId })
  expect(builds).toMatchObject([
    {
      imageUri: `000000000000.dkr.ecr.us-east-1.amazonaws.com/it:${first.physicalId}`,
      source: { bucket: 'assets', key: 'abc.zip' },
      dockerfile: 'docker/Dockerfile',
      buildArgs: { MODE: 'fast', NAME: 'two words' },
    },
  ])
  expect(await type.create(request({}))).toEqual(first)
  const changed = await type.create(request({ sourceS3Url: 's3://assets/def.zip' }))
  expect(changed.physicalId).not.toBe(first.physicalId)
  const named = await type.create(request({ imageTag: 'latest' }))
  expect(named.physicalId).toBe('latest')
  await expect(type.create(request({ sourceS3Url: 'https://x' }))).rejects.toThrow('sourceS3Url')
})

test('what cannot be built is said before anything is made', ({ expect }) => {
  const type = containerImageBuildType(async () => {})
  expect(type.check?.({ buildCommand: COMMAND }, 'It')).toEqual([])
  expect(type.check?.({ buildCommand: 'docker build --ssh default .' }, 'It')).toEqual([
    'The image cannot be built from its folder: --ssh is not supported here',
  ])
})
