// Lambda layers: published, used, listed and deleted.
import {
  CreateAliasCommand,
  DeleteLayerVersionCommand,
  GetLayerVersionCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { ARN, create, invoke, startWorld } from '../../support/lambda-functions.ts'
import { machinePython } from '../../support/python.ts'
import { zipFiles } from '../../support/zip.ts'

const python = await machinePython()

test('layers are published, used, listed and deleted', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const publish = (text: string) =>
    client.send(
      new PublishLayerVersionCommand({
        LayerName: 'words',
        Description: text,
        LicenseInfo: 'Apache-2.0',
        CompatibleRuntimes: ['nodejs24.x', 'python3.13'],
        Content: {
          ZipFile: zipFiles({
            'nodejs/node_modules/words/index.js': `module.exports = '${text}'`,
            'python/words.py': `text = '${text}'`,
          }),
        },
      }),
    )
  const arn = 'arn:aws:lambda:us-east-1:000000000000:layer:words'
  const first = await publish('first')
  expect(first).toMatchObject({ LayerArn: arn, LayerVersionArn: `${arn}:1`, Version: 1 })
  await publish('second')
  const source = `const words = require('words'); exports.handler = async () => words`
  const Code = { ZipFile: zipFiles({ 'index.js': source }) }
  const created = await create(client, { Code, Layers: [`${arn}:1`] })
  expect(created.Layers).toEqual([{ Arn: `${arn}:1`, CodeSize: first.Content?.CodeSize }])
  expect((await invoke(client, {})).payload).toBe('first')
  const Layers = [`${arn}:2`]
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'it', Layers }))
  expect((await invoke(client, {})).payload).toBe('second')

  const page = await client.send(new ListLayerVersionsCommand({ LayerName: 'words', MaxItems: 1 }))
  expect(page.LayerVersions?.map((it) => it.Version)).toEqual([2])
  const Marker = page.NextMarker
  const next = await client.send(new ListLayerVersionsCommand({ LayerName: 'words', Marker }))
  expect(next.LayerVersions?.map((it) => it.Version)).toEqual([1])
  const layers = await client.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs24.x' }))
  expect(layers.Layers).toMatchObject([
    { LayerName: 'words', LayerArn: arn, LatestMatchingVersion: { Version: 2 } },
  ])
  const none = await client.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs22.x' }))
  expect(none.Layers).toEqual([])

  await client.send(new DeleteLayerVersionCommand({ LayerName: 'words', VersionNumber: 2 }))
  const get = (VersionNumber: number) =>
    client.send(new GetLayerVersionCommand({ LayerName: 'words', VersionNumber }))
  await expect(get(2)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await get(1)).toMatchObject({ Description: 'first', LicenseInfo: 'Apache-2.0' })
  // Who uses it keeps it, and its number is not given again.
  expect((await invoke(client, {})).payload).toBe('second')
  expect((await publish('third')).Version).toBe(3)
  for (const bad of [`${arn}:9`, `${arn}:2`, arn.replace('0:layer', '1:layer') + ':1']) {
    const refused = create(client, { FunctionName: 'other', Layers: [bad] })
    await expect(refused, bad).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
})

test.skipIf(typeof python === 'string')(
  'Python functions run with their layer',
  async ({ expect }) => {
    await using world = await startWorld()
    const { client } = world
    const layer = await client.send(
      new PublishLayerVersionCommand({
        LayerName: 'greeting',
        Content: {
          ZipFile: zipFiles({ 'python/greeting.py': `def greet(name): return 'hello ' + name` }),
        },
      }),
    )
    const source = `import greeting
def handler(event, context):
    if event.get('fail'):
        raise ValueError('no')
    return {'text': greeting.greet(event['name']), 'arn': context.invoked_function_arn}
`
    await create(client, {
      Runtime: 'python3.13',
      Code: { ZipFile: zipFiles({ 'index.py': source }) },
      Layers: [layer.LayerVersionArn ?? ''],
      Publish: true,
    })
    await client.send(
      new CreateAliasCommand({ FunctionName: 'it', Name: 'live', FunctionVersion: '1' }),
    )
    expect((await invoke(client, { name: 'you' }, { Qualifier: 'live' })).payload).toEqual({
      text: 'hello you',
      arn: `${ARN}:live`,
    })
    const failed = await invoke(client, { fail: 1 }, { LogType: 'Tail' })
    expect(failed).toMatchObject({
      FunctionError: 'Unhandled',
      payload: {
        errorMessage: 'no',
        errorType: 'ValueError',
        requestId: failed.$metadata.requestId,
        stackTrace: expect.any(Array),
      },
    })
  },
)
