import fc from 'fast-check'
import { test } from 'vitest'
import { readDockerCall } from './docker-arguments.ts'

test('a run is read as the CDK writes it', ({ expect }) => {
  const volumes = '-v /src/layers:/asset-input:delegated -v /out/temp-1:/asset-output:delegated'
  const options = `run --rm -u 0:0 ${volumes} --env A=b=c -w /asset-input`
  const command = ['bash', '-c', 'pip install -t /asset-output/python/']
  const args = [...options.split(' '), 'public.ecr.aws/sam/build-python3.13', ...command]
  expect(readDockerCall(args)).toEqual({
    kind: 'run',
    image: 'public.ecr.aws/sam/build-python3.13',
    volumes: [
      { from: '/src/layers', to: '/asset-input' },
      { from: '/out/temp-1', to: '/asset-output' },
    ],
    env: { A: 'b=c' },
    workingDirectory: '/asset-input',
    command,
    usesOtherVolumes: false,
  })
})

test('the entry point is the first word of the command', ({ expect }) => {
  const call = readDockerCall(['run', '--rm', '--entrypoint', 'bash', 'node:22', '-c', 'npm ci'])
  expect(call).toMatchObject({ image: 'node:22', command: ['bash', '-c', 'npm ci'] })
})

test('a build tells its folder, Dockerfile and arguments', ({ expect }) => {
  const args = [
    'build',
    '-t',
    'cdk-1',
    '--platform',
    'linux/amd64',
    '--build-arg',
    'IMAGE=x',
    '/lib',
  ]
  expect(readDockerCall(args)).toEqual({
    kind: 'build',
    tag: 'cdk-1',
    folder: '/lib',
    dockerfile: undefined,
    buildArgs: { IMAGE: 'x' },
  })
  expect(readDockerCall(['image', 'inspect', 'cdk-1'])).toEqual({ kind: 'inspect', image: 'cdk-1' })
  expect(readDockerCall(['volume', 'create', 'v'])).toEqual({ kind: 'other' })
})

test('no arguments make the reader throw', () => {
  const word = fc.oneof(
    fc.constantFrom('run', 'build', '-v', '--rm', '--env', 'image'),
    fc.string(),
  )
  fc.assert(fc.property(fc.array(word), (args) => void readDockerCall(args)))
})
