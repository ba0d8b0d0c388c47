import { expect, test } from 'vitest'
import { UNKNOWN } from '../resource-type.ts'
import { checkInput } from './check-input.ts'
import { inputOf } from './operation-input.ts'
import { readProperties } from './read-properties.ts'

const createFunction = inputOf('lambda', 'CreateFunction')
const createGateway = inputOf('bedrock-agentcore-control', 'CreateGateway')
const createRepository = inputOf('ecr', 'CreateRepository')

test('names differ in the case of their letters only', () => {
  const { input, problems } = readProperties(createGateway, {
    KmsKeyArn: 'key',
    AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'url' } },
  })
  expect(problems).toEqual([])
  expect(input).toEqual({
    kmsKeyArn: 'key',
    authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: 'url' } },
  })
  expect(readProperties(createFunction, { KmsKeyArn: 'key' }).input).toEqual({ KMSKeyArn: 'key' })
})

test('scalars become what the model has them be', () => {
  const { input, problems } = readProperties(createFunction, {
    Timeout: '7',
    MemorySize: 128,
    Publish: 'TRUE',
    Description: 5,
    Environment: { Variables: { NUMBER: 1, FLAG: false } },
    Code: { ZipFile: Buffer.from('zip') },
    Layers: null,
  })
  expect(problems).toEqual([])
  expect(input).toEqual({
    Timeout: 7,
    MemorySize: 128,
    Publish: true,
    Description: '5',
    Environment: { Variables: { NUMBER: '1', FLAG: 'false' } },
    Code: { ZipFile: Buffer.from('zip') },
  })
})

test('tags are a list or a map, and become what the operation has', () => {
  const list = [{ Key: 'team', Value: 'deck' }, { Key: 'empty' }]
  const map = { team: 'deck', empty: '' }
  expect(readProperties(createFunction, { Tags: list }).input).toEqual({ Tags: map })
  expect(readProperties(createFunction, { Tags: map }).input).toEqual({ Tags: map })
  const tags = [
    { Key: 'team', Value: 'deck' },
    { Key: 'empty', Value: '' },
  ]
  expect(readProperties(createRepository, { Tags: map }).input).toEqual({ tags })
})

test('what is wrong is said with the path of the property, all of it at once', () => {
  const read = readProperties(createFunction, {
    Timeout: 'soon',
    Layers: 'one',
    Environment: { Vars: {}, Variables: [1] },
    Nonsense: true,
    Code: 'here',
  })
  expect(read.problems).toEqual([
    'Value of property Timeout must be of type Integer',
    'Value of property Layers must be of type List',
    'Encountered unsupported property Environment/Vars',
    'Value of property Environment/Variables must be of type Map',
    'Encountered unsupported property Nonsense',
    'Value of property Code must be of type Object',
  ])
  expect(readProperties(createFunction, { Nonsense: true }, ['Nonsense']).problems).toEqual([])
})

test('what is not known yet is no mistake, wherever it stands', () => {
  const properties = {
    FunctionName: `arn:${UNKNOWN}`,
    Role: UNKNOWN,
    Timeout: UNKNOWN,
    Layers: [UNKNOWN],
    Environment: UNKNOWN,
    Code: { ZipFile: UNKNOWN },
  }
  expect(checkInput(createFunction, readProperties(createFunction, properties))).toEqual([])
  const { Role: _role, ...others } = properties
  expect(checkInput(createFunction, readProperties(createFunction, others))).toEqual([
    "Value at 'Role' failed to satisfy constraint: Member must not be null",
  ])
})

test('a property is not found in what every object has', () => {
  const read = readProperties(createFunction, {
    Environment: { Variables: { __proto__: 'x', constructor: 'y' } },
    constructor: 1,
  })
  expect(read.problems).toEqual(['Encountered unsupported property constructor'])
})
