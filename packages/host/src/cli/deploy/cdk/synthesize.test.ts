// A real CDK app, run as `cdk synth` runs it.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test, vi } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { readAssetManifest } from './asset-manifest.ts'
import { findSource } from './find-source.ts'
import { readAssembly } from './read-assembly.ts'
import { synthesize } from './synthesize.ts'

const NODE_MODULES = fileURLToPath(new URL('../../../../../../node_modules', import.meta.url))
const SCOPE = { accountId: '111122223333', region: 'eu-west-1' }

const APP = `
import { Annotations, App, CfnOutput, Stack, Stage } from 'aws-cdk-lib'
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'

const app = new App()
const data = new Stack(app, 'Data', { env: { account: '444455556666', region: 'us-east-2' } })
new CfnOutput(data, 'Greeting', { value: app.node.getContext('greeting') })
new CfnOutput(data, 'Long', { value: String(app.node.tryGetContext('long')?.length) })
if (app.node.tryGetContext('lookup')) StringParameter.valueFromLookup(data, '/some/name')
const web = new Stack(new Stage(app, 'Prod'), 'Web', { stackName: 'web-prod', terminationProtection: true })
new Asset(web, 'Files', { path: 'files' })
new DockerImageAsset(web, 'Image', { directory: 'image', buildArgs: { A: 'b' } })
const last = new Stack(app, 'Last', { tags: { team: 'x' } })
last.addDependency(data)
Annotations.of(last).addWarningV2('own:id', 'think twice')
`

let cache: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  cache = await temporaryFolder()
  vi.stubEnv('XDG_CACHE_HOME', cache.path)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await cache[Symbol.asyncDispose]()
})

async function cdkApp() {
  const folder = await temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  await symlink(NODE_MODULES, at('node_modules'))
  await mkdir(at('files'))
  await mkdir(at('image'))
  await writeFile(at('files/a.txt'), 'a')
  await writeFile(at('image/Dockerfile'), 'FROM python:3.13\nCMD ["python"]\n')
  await writeFile(at('app.js'), APP)
  await writeFile(at('package.json'), '{"type":"module"}')
  await writeFile(at('cdk.json'), '{"app":"app.js","context":{"greeting":"hello"}}')
  return folder
}

async function synthesizeApp(
  dir: string,
  context: Readonly<Record<string, unknown>> = {},
  isOutputKept = false,
) {
  const { source } = await findSource(dir, [], undefined)
  if (source.kind !== 'app') throw new Error(source.kind)
  const path = process.env['PATH'] ?? ''
  return synthesize({
    dir,
    app: source.settings.app ?? '',
    build: undefined,
    context: { ...source.settings.context, ...context },
    scope: SCOPE,
    env: { PATH: path },
    dockerCommand: '/nowhere/docker',
    onLine() {},
    isOutputKept,
    signal: new AbortController().signal,
  })
}

test('stacks, stages, assets and images are read from what an app writes', async ({ expect }) => {
  await using folder = await cdkApp()
  const dir = await synthesizeApp(folder.path)
  const { stacks } = await readAssembly(dir)
  expect(
    stacks.map(({ displayName, stackName, accountId, region, dependencies, tags }) => ({
      displayName,
      stackName,
      accountId,
      region,
      dependencies,
      tags,
    })),
  ).toEqual([
    {
      displayName: 'Data',
      stackName: 'Data',
      accountId: '444455556666',
      region: 'us-east-2',
      dependencies: [],
      tags: {},
    },
    {
      displayName: 'Last',
      stackName: 'Last',
      accountId: undefined,
      region: undefined,
      dependencies: ['Data'],
      tags: { team: 'x' },
    },
    {
      displayName: 'Prod/Web',
      stackName: 'web-prod',
      accountId: undefined,
      region: undefined,
      dependencies: [],
      tags: {},
    },
  ])
  expect(stacks.flatMap((it) => it.metadata.messages)).toEqual([
    { level: 'warning', path: '/Last', text: expect.stringContaining('think twice') },
  ])
  const web = stacks.find((it) => it.stackName === 'web-prod')
  expect(web?.terminationProtection).toBe(true)
  const [manifest = ''] = web?.assetManifests ?? []
  const assets = await readAssetManifest(web?.dir ?? '', manifest, SCOPE)
  expect(assets).toContainEqual(
    expect.objectContaining({
      kind: 'file',
      isFolder: true,
      bucket: 'cdk-hnb659fds-assets-111122223333-eu-west-1',
      key: expect.stringMatching(/^[\da-f]{64}\.zip$/),
    }),
  )
  expect(assets).toContainEqual(
    expect.objectContaining({
      kind: 'image',
      dockerfile: 'Dockerfile',
      buildArgs: { A: 'b' },
      repository: 'cdk-hnb659fds-container-assets-111122223333-eu-west-1',
    }),
  )
})

test('context reaches the app however long it is', async ({ expect }) => {
  await using folder = await cdkApp()
  const dir = await synthesizeApp(folder.path, { long: 'x'.repeat(200_000) })
  const { stacks } = await readAssembly(dir)
  const data = stacks.find((it) => it.stackName === 'Data')
  const { readJsonFile } = await import('./read-json-file.ts')
  const template = await readJsonFile(join(dir, data?.templateFile ?? ''))
  expect(template?.['Outputs']).toEqual({ Greeting: { Value: 'hello' }, Long: { Value: '200000' } })
})

test('what only AWS could look up is refused by its name', async ({ expect }) => {
  await using folder = await cdkApp()
  const dir = await synthesizeApp(folder.path, { lookup: 'yes' })
  await expect(readAssembly(dir)).rejects.toThrow(
    'ssm:account=444455556666:parameterName=/some/name:region=us-east-2',
  )
})

test('an app that fails is told with what it said', async ({ expect }) => {
  await using folder = await cdkApp()
  await writeFile(join(folder.path, 'app.js'), 'throw new Error("no key in .env")')
  await expect(synthesizeApp(folder.path)).rejects.toThrow('no key in .env')
  await expect(synthesizeApp(folder.path, {}, true)).rejects.toThrow(
    /^The CDK app failed \(.*\); above is what it said$/,
  )
})

test('what constructs find wrong stands alone', async ({ expect }) => {
  await using folder = await cdkApp()
  const check =
    "data.node.addValidation({ validate: () => ['no tools', 'no name'] })\napp.synth()\n"
  await writeFile(join(folder.path, 'app.js'), `${APP}\n${check}`)
  await expect(synthesizeApp(folder.path)).rejects.toThrow(
    /^The CDK app failed \(.*\):\n {2}\[Data\] no tools\n {2}\[Data\] no name$/,
  )
})
