// What is written is read back, for every shape of every model; and the exact bytes of some answers.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { test } from 'vitest'
import { awsValue, PATTERNS_NOT_MADE } from '../../test/fuzz/aws-values.ts'
import { createRandom } from '../../test/fuzz/random.ts'
import { AwsFault } from './aws-fault.ts'
import type { WireRequest } from './codec.ts'
import { decodeJson, parseJsonBody } from './decode.ts'
import { encodeJson } from './encode.ts'
import { jsonRpc } from './json-rpc.ts'
import { query } from './query.ts'
import { restJson } from './rest-json.ts'
import { loadServiceModel, type Operation, type ServiceModelName } from './service-model.ts'
import { findViolations } from './validate.ts'

const SERVICES: readonly ServiceModelName[] = [
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-idp',
  'ecr',
  'lambda',
  'secretsmanager',
  'ssm',
  'sts',
]
const anySeed = fc.integer({ min: 0, max: 2 ** 31 })

test.for(SERVICES)('%s: inputs and outputs come back as they were sent', (service) => {
  const shapes = [...loadServiceModel(service).operations.values()]
    .flatMap(({ input, output }) => [input, output])
    .filter((shape) => shape !== undefined)
  fc.assert(
    fc.property(fc.constantFrom(...shapes), anySeed, (shape, seed) => {
      const value = awsValue(shape, createRandom(seed))
      const text = JSON.stringify(encodeJson(shape, value, 'unixTimestamp'))
      const read = decodeJson(shape, JSON.parse(text))
      return isDeepStrictEqual(plain(read), plain(value))
    }),
    { numRuns: 300 },
  )
})

/** Documents may hold -0 and numbers that JSON spells alike; bytes are compared as text. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

test.for(SERVICES)('%s: what the model allows is not refused', (service) => {
  const operations = [...loadServiceModel(service).operations.values()]
  fc.assert(
    fc.property(fc.constantFrom(...operations), anySeed, ({ input }, seed) => {
      const found = input ? findViolations(input, awsValue(input, createRandom(seed))) : []
      const real = found.filter(
        ({ constraint }) => ![...PATTERNS_NOT_MADE].some((pattern) => constraint.endsWith(pattern)),
      )
      if (real.length > 0) throw new Error(JSON.stringify(real))
    }),
    { numRuns: 300 },
  )
})

test('no body makes a reader throw anything but a SerializationException', () => {
  const shapes = SERVICES.flatMap((service) =>
    [...loadServiceModel(service).operations.values()].flatMap(({ input }) => input ?? []),
  )
  const anyBody = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array(),
  )
  fc.assert(
    fc.property(fc.constantFrom(...shapes), anyBody, (shape, body) => {
      try {
        decodeJson(shape, parseJsonBody(body))
        return true
      } catch (error) {
        return error instanceof AwsFault && error.errorName === 'SerializationException'
      }
    }),
    { numRuns: 2_000 },
  )
})

const operationOf = (service: ServiceModelName, name: string): Operation => {
  const operation = loadServiceModel(service).operations.get(name)
  if (operation === undefined) throw new Error(`${service} has no ${name}`)
  return operation
}
const request = (parts: Partial<WireRequest>): WireRequest => ({
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  labels: {},
  ...parts,
})
const context = (service: ServiceModelName) => ({
  model: loadServiceModel(service),
  requestId: 'request-1',
})

test('rest-json: labels are decoded once, lists repeat their name', ({ expect }) => {
  const untag = operationOf('bedrock-agentcore-control', 'UntagResource')
  const labels = { resourceArn: 'arn%3Aaws%3Ax%252F' }
  expect(
    restJson.decode(untag, request({ labels, query: 'tagKeys=a&tagKeys=b%20c&other=1' })),
  ).toEqual({ resourceArn: 'arn:aws:x%2F', tagKeys: ['a', 'b c'] })
})

test('rest-json: headers, a payload and the status are members', ({ expect }) => {
  const invoke = operationOf('lambda', 'Invoke')
  const body = Buffer.from('{"a":1}')
  const headers = { 'x-amz-log-type': 'Tail' }
  expect(
    restJson.decode(
      invoke,
      request({ labels: { FunctionName: 'f' }, query: 'Qualifier=1', headers, body }),
    ),
  ).toEqual({ FunctionName: 'f', Qualifier: '1', LogType: 'Tail', Payload: body })
  const output = { StatusCode: 202, ExecutedVersion: '$LATEST', Payload: Buffer.from('null') }
  expect(restJson.encode(invoke, output, context('lambda'))).toEqual({
    status: 202,
    headers: { 'x-amz-executed-version': '$LATEST', 'content-type': 'application/json' },
    body: Buffer.from('null'),
  })
})

test('rest-json: one model writes dates in two ways', ({ expect }) => {
  const createdAt = new Date('2026-11-22T10:00:00.123Z')
  const runtime = {
    agentRuntimeArn: 'a',
    agentRuntimeId: 'i',
    agentRuntimeVersion: '1',
    status: 'CREATING',
  }
  const create = operationOf('bedrock-agentcore-control', 'CreateAgentRuntime')
  const answer = restJson.encode(
    create,
    { ...runtime, createdAt },
    context('bedrock-agentcore-control'),
  )
  expect(JSON.parse(String(answer.body))).toMatchObject({ createdAt: '2026-11-22T10:00:00.123Z' })
  const get = operationOf('bedrock-agentcore-control', 'GetWorkloadIdentity')
  const times = { createdTime: createdAt, lastUpdatedTime: createdAt }
  const identity = { name: 'n', workloadIdentityArn: 'a', ...times }
  const { body } = restJson.encode(get, identity, context('bedrock-agentcore-control'))
  expect(JSON.parse(String(body))).toMatchObject({ createdTime: 1_795_341_600.123 })
})

test('an output that the model does not have is our mistake', ({ expect }) => {
  const get = operationOf('sts', 'GetCallerIdentity')
  expect(() => query.encode(get, { Nobody: 1 }, context('sts'))).toThrow(/no member Nobody/)
  const gateway = operationOf('bedrock-agentcore-control', 'GetGateway')
  expect(() => restJson.encode(gateway, {}, context('bedrock-agentcore-control'))).toThrow(
    /needs the/,
  )
})

test('json: the body is everything, the fault says its name in it', ({ expect }) => {
  const describe = operationOf('cognito-idp', 'DescribeUserPool')
  const body = Buffer.from('{"UserPoolId":"us-east-1_a","Nobody":1}')
  expect(jsonRpc.decode(describe, request({ body }))).toEqual({ UserPoolId: 'us-east-1_a' })
  const fault = new AwsFault('ResourceNotFoundException', 400, 'No pool')
  expect(jsonRpc.encodeFault(fault, context('cognito-idp'))).toEqual({
    status: 400,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': 'ResourceNotFoundException',
    },
    body: '{"__type":"ResourceNotFoundException","message":"No pool"}',
  })
  expect(jsonRpc.encodeFault(fault, context('secretsmanager')).body).toContain(
    '"Message":"No pool"',
  )
  expect(restJson.encodeFault(fault, context('lambda')).body).toContain('"Type":"User"')
})

test('query: a map goes in as entries', ({ expect }) => {
  const operation = operationOf('cloudformation', 'CreateChangeSet')
  const form =
    'ResourcesToImport.member.1.ResourceIdentifier.entry.1.key=Name&ResourcesToImport.member.1.ResourceIdentifier.entry.1.value=a'
  expect(query.decode(operation, request({ body: Buffer.from(form) }))).toEqual({
    ResourcesToImport: [{ ResourceIdentifier: { Name: 'a' } }],
  })
})

test('query: a form goes in, XML comes out', ({ expect }) => {
  const assume = operationOf('sts', 'AssumeRole')
  const form =
    'Action=AssumeRole&RoleArn=arn&Tags.member.1.Key=a&Tags.member.1.Value=b%26&DurationSeconds=900'
  expect(query.decode(assume, request({ body: Buffer.from(form) }))).toEqual({
    RoleArn: 'arn',
    DurationSeconds: 900,
    Tags: [{ Key: 'a', Value: 'b&' }],
  })
  const get = operationOf('sts', 'GetCallerIdentity')
  expect(query.encode(get, { Account: '1', Arn: 'a<&>"\u0000' }, context('sts')).body).toBe(
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<Account>1</Account><Arn>a&#60;&#38;&#62;&#34;\ufffd</Arn></GetCallerIdentityResult>' +
      '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  )
  const fault = new AwsFault('AccessDenied', 403, 'No')
  expect(query.encodeFault(fault, context('sts')).body).toBe(
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
      '<Code>AccessDenied</Code><Message>No</Message></Error><RequestId>request-1</RequestId></ErrorResponse>',
  )
})
