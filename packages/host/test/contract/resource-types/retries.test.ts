import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const clientToken = 'a1'.repeat(20)
const base: JsonObject = {
  Code: { ZipFile: 'exports.handler = async () => 1' },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role: 'arn:aws:iam::000000000000:role/any',
}

/** What names itself, and needs nothing else to be there. */
const CLIENT = 'AWS::Cognito::UserPoolClient'
const NAMED: readonly (readonly [string, JsonObject])[] = [
  ['AWS::Lambda::Function', base],
  ['AWS::Cognito::UserPool', {}],
  ['AWS::SecretsManager::Secret', { GenerateSecretString: {} }],
  ['AWS::SSM::Parameter', { Type: 'String', Value: 'it' }],
  ['AWS::ECR::Repository', {}],
  ['AWS::S3::Bucket', {}],
  ['AWS::BedrockAgentCore::WorkloadIdentity', { Name: 'worker' }],
  ['AWS::BedrockAgentCore::ApiKeyCredentialProvider', { Name: 'it', ApiKey: 'key' }],
  [
    'AWS::BedrockAgentCore::Gateway',
    { Name: 'it', AuthorizerType: 'NONE', RoleArn: 'arn:aws:iam::000000000000:role/any' },
  ],
  ['AWS::IAM::Role', { AssumeRolePolicyDocument: {} }],
]

test.for(NAMED)(
  'a creation of %s that was cut off is taken over by the next try',
  async ([type, properties]) => {
    await using world = await startResourceWorld()
    const before = await countResources(world.clients)
    const first = await world.create(type, properties, { clientToken })
    const untold = await world.create(type, properties, { clientToken, isRetry: true })
    expect(untold.physicalId).toBe(first.physicalId)
    expect(untold.attributes).toEqual(first.attributes)
    const initiatedAs = first.physicalId
    const told = await world.create(type, properties, { clientToken, isRetry: true, initiatedAs })
    expect(told.attributes).toEqual(first.attributes)
    await world.delete(told)
    await world.delete(first)
    expect(await countResources(world.clients)).toBe(before)
  },
)

test.for(NAMED.filter(([type]) => !/UserPool|Role/.test(type)))(
  'a name of %s that is taken is no retry',
  async ([type, properties]) => {
    await using world = await startResourceWorld()
    await world.create(type, properties, { clientToken })
    const generated = { clientToken, ...(/Gateway/.test(type) && { clientToken: 'b2'.repeat(20) }) }
    await expect(world.create(type, properties, generated)).rejects.toThrow(/exist|already/i)
  },
)

async function countResources({
  cognito,
  lambda,
}: Awaited<ReturnType<typeof startResourceWorld>>['clients']) {
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }))
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}))
  return UserPools.length + Functions.length
}

test('the client of a pool is found again by its name, unless several have it', async ({
  expect,
}) => {
  await using world = await startResourceWorld()
  const pool = await world.create('AWS::Cognito::UserPool', {})
  const client = { UserPoolId: pool.physicalId, ClientName: 'web' }
  const first = await world.create(CLIENT, client)
  const again = await world.create(CLIENT, client, { isRetry: true })
  expect(again.physicalId).toBe(first.physicalId)
  const other = await world.create(CLIENT, client)
  expect(other.physicalId).not.toBe(first.physicalId)
  const third = await world.create(CLIENT, client, { isRetry: true })
  expect([first.physicalId, other.physicalId]).not.toContain(third.physicalId)
})
