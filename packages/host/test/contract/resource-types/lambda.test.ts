import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  InvokeCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { UNKNOWN } from '../../../src/stacks/resource-type.ts'
import {
  startResourceWorld,
  type LiveResource,
  type ResourceWorld,
} from '../../support/resource-world.ts'
import { zipFiles } from '../../support/zip.ts'

const FUNCTION = 'AWS::Lambda::Function'
const Role = 'arn:aws:iam::000000000000:role/any'
const base = {
  Code: { ZipFile: "exports.handler = async () => process.env.SAYS ?? 'nothing'" },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role,
}

async function putArchive({ bucketsDir }: ResourceWorld, key: string, source: string) {
  await mkdir(join(bucketsDir, 'assets'), { recursive: true })
  await writeFile(join(bucketsDir, 'assets', key), zipFiles({ 'index.mjs': source }))
}

async function invoke({ clients }: ResourceWorld, { physicalId }: LiveResource) {
  const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName: physicalId }))
  return Payload?.transformToString()
}

test('a function with its code in the template is made, changed in place and deleted twice', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(FUNCTION, {
    ...base,
    Environment: { Variables: { SAYS: 'hello', COUNT: 5 } },
    MemorySize: '256',
    Timeout: '7',
    ReservedConcurrentExecutions: '2',
    Tags: [{ Key: 'team', Value: 'deck' }],
    TracingConfig: { Mode: 'Active' },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: 'mine' },
  })
  expect(made.physicalId).toMatch(/^it-It-[A-Z0-9]{12}$/)
  expect(made.attributes['Arn']).toBe(
    `arn:aws:lambda:us-east-1:000000000000:function:${made.physicalId}`,
  )
  expect(world.initiated).toEqual([made.physicalId])
  expect(world.reports).toEqual([
    'Without effect here: LoggingConfig/LogFormat JSON (logs are text), TracingConfig/Mode Active (there is no X-Ray)',
  ])
  expect(await invoke(world, made)).toBe('"hello"')
  const get = () =>
    world.clients.lambda.send(new GetFunctionCommand({ FunctionName: made.physicalId }))
  expect(await get()).toMatchObject({
    Configuration: {
      MemorySize: 256,
      Timeout: 7,
      Environment: { Variables: { COUNT: '5' } },
      LoggingConfig: { LogGroup: 'mine' },
    },
    Concurrency: { ReservedConcurrentExecutions: 2 },
    Tags: { team: 'deck' },
  })

  const changed = await world.update(made, {
    ...base,
    Code: { ZipFile: "exports.handler = async () => 'new ' + (process.env.SAYS ?? 'nothing')" },
  })
  expect(changed.physicalId).toBe(made.physicalId)
  expect(await invoke(world, changed)).toBe('"new nothing"')
  const { Configuration, Tags, Concurrency } = await get()
  expect(Configuration).toMatchObject({
    MemorySize: 128,
    Timeout: 3,
    LoggingConfig: { LogGroup: `/aws/lambda/${made.physicalId}` },
  })
  expect(Configuration?.Environment).toBeUndefined()
  expect(Tags).toBeUndefined()
  expect(Concurrency).toBeUndefined()
  const concurrency = new GetFunctionConcurrencyCommand({ FunctionName: made.physicalId })
  expect(await world.clients.lambda.send(concurrency)).not.toHaveProperty(
    'ReservedConcurrentExecutions',
  )

  const type = world.type(FUNCTION)
  expect(type.needsReplacement(base, { ...base, FunctionName: 'other' })).toBe(true)
  expect(type.needsReplacement(base, { ...base, Timeout: 4 })).toBe(false)
  await world.delete(changed)
  await world.delete(changed)
})

test('code in a bucket, a layer, versions, aliases and permissions', async () => {
  await using world = await startResourceWorld()
  await putArchive(world, 'one.zip', "export const handler = async () => 'one'")
  await putArchive(world, 'two.zip', "export const handler = async () => 'two'")
  await putArchive(world, 'layer.zip', 'export const nothing = 1')
  const code = (S3Key: string) => ({ Code: { S3Bucket: 'assets', S3Key } })

  const layer = await world.create('AWS::Lambda::LayerVersion', {
    Content: { S3Bucket: 'assets', S3Key: 'layer.zip' },
    CompatibleRuntimes: ['nodejs24.x'],
  })
  expect(layer.physicalId).toMatch(/:layer:it-It-[A-Z0-9]{12}:1$/)
  expect(layer.attributes['LayerVersionArn']).toBe(layer.physicalId)

  const made = await world.create(FUNCTION, {
    ...base,
    ...code('one.zip'),
    FunctionName: 'it',
    Layers: [layer.physicalId],
  })
  expect(made.physicalId).toBe('it')
  const version = await world.create('AWS::Lambda::Version', { FunctionName: 'it' })
  expect(version.physicalId).toMatch(/:function:it:1$/)
  expect(version.attributes).toEqual({ FunctionArn: version.physicalId, Version: '1' })
  await expect(world.create('AWS::Lambda::Version', { FunctionName: 'it' })).rejects.toThrow(
    'A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
  )

  const changed = await world.update(made, { ...made.properties, ...code('two.zip') })
  expect(await invoke(world, changed)).toBe('"two"')
  const second = await world.create('AWS::Lambda::Version', { FunctionName: 'it' })

  const weights: JsonObject = {
    AdditionalVersionWeights: [{ FunctionVersion: '2', FunctionWeight: '0.5' }],
  }
  const alias = await world.create('AWS::Lambda::Alias', {
    FunctionName: 'it',
    FunctionVersion: '1',
    Name: 'live',
    Description: 'first',
    RoutingConfig: weights,
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
  })
  expect(alias.physicalId).toMatch(/:function:it:live$/)
  expect(alias.attributes).toEqual({ AliasArn: alias.physicalId })
  const moved = await world.update(alias, {
    FunctionName: 'it',
    FunctionVersion: '2',
    Name: 'live',
  })
  const permission = await world.create('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: made.attributes['Arn'] ?? '',
    Principal: 'bedrock-agentcore.amazonaws.com',
    SourceAccount: '000000000000',
  })
  expect(permission.attributes).toEqual({ Id: permission.physicalId })
  const { Policy } = await world.clients.lambda.send(new GetPolicyCommand({ FunctionName: 'it' }))
  expect(JSON.parse(Policy ?? '')).toMatchObject({
    Statement: [{ Sid: permission.physicalId, Action: 'lambda:InvokeFunction' }],
  })
  await expect(world.delete(second)).rejects.toThrow(/aliases reference it/)

  for (const live of [permission, moved, second, version, changed, layer]) {
    await world.delete(live)
    await world.delete(live)
  }
})

test('what this host has not is refused before anything is made', async () => {
  await using world = await startResourceWorld()
  const check = (properties: JsonObject) =>
    world.type(FUNCTION).check?.({ ...base, ...properties }, 'It')

  expect(check({ Role: UNKNOWN, Environment: { Variables: { AB: UNKNOWN } } })).toEqual([])
  expect(check({ Code: { S3Bucket: UNKNOWN, S3Key: 'key' }, Layers: [UNKNOWN] })).toEqual([])
  expect(check({ Code: { ImageUri: UNKNOWN }, PackageType: 'Image' })).toEqual([
    expect.stringMatching(/^Code\/ImageUri cannot be had: functions are not run from container/),
    expect.stringMatching(/^PackageType Image cannot be had/),
  ])
  expect(check({ FunctionName: 'a'.repeat(64) })).toEqual([])
  expect(check({ FunctionName: 'a'.repeat(83) })).toEqual([
    expect.stringMatching(/at 'FunctionName' failed .* length less than or equal to 64$/),
  ])
  expect(check({ Environment: { Variables: { G: 'secret' } } })).toEqual([
    expect.stringContaining("Value 'G' at 'Environment/Variables/Key' failed"),
  ])
  expect(check({ Runtime: 'java21' })).toEqual([
    expect.stringMatching(/^Runtime java21 cannot be had: nodejs/),
  ])
  expect(check({ Runtime: UNKNOWN, Handler: UNKNOWN })).toEqual([])
  expect(world.type(FUNCTION).check?.({ Code: base.Code, Role }, 'It')).toEqual([
    expect.stringMatching(/^Runtime and Handler are mandatory/),
  ])
  expect(check({ VpcConfig: { SubnetIds: [] }, DeadLetterConfig: { TargetArn: UNKNOWN } })).toEqual(
    ['DeadLetterConfig cannot be had: there are no queues and topics here'],
  )
  expect(check({ Timeout: 'soon', Role: 'me', Environment: { Vars: {} } })).toEqual([
    'Value of property Timeout must be of type Integer',
    'Encountered unsupported property Environment/Vars',
    expect.stringMatching(/^Value 'me' at 'Role' failed to satisfy constraint/),
  ])
})

test('a function whose code cannot be read leaves nothing behind', async () => {
  await using world = await startResourceWorld()
  const properties = {
    ...base,
    FunctionName: 'it',
    Code: { S3Bucket: 'assets', S3Key: 'none.zip' },
  }
  await expect(world.create(FUNCTION, properties)).rejects.toThrow(/none\.zip/)
  expect(world.initiated).toEqual([])
  await world.create(FUNCTION, { ...base, FunctionName: 'it' })
})
