import { test } from 'vitest'
import type { AwsCaller } from './caller.ts'
import {
  evaluateResourcePolicy,
  readResourcePolicy,
  type PolicyQuestion,
} from './resource-policy.ts'

const RESOURCE = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/weather-0123456789'
const ACTION = 'bedrock-agentcore:InvokeGateway'

function caller(accountId: string, arn = `arn:aws:iam::${accountId}:root`): AwsCaller {
  return { scope: { accountId, region: 'us-east-1' }, accessKeyId: 'A', arn, userId: 'U' }
}
const own = caller('111122223333')
const other = caller('444455556666')
const session = caller('444455556666', 'arn:aws:sts::444455556666:assumed-role/reader/s')

function decide(statements: object | object[] | undefined, who: PolicyQuestion['caller']) {
  const policy =
    statements &&
    readResourcePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  const question = { caller: who, action: ACTION, resourceArn: RESOURCE }
  return evaluateResourcePolicy(policy, { ...question, resourceAccountId: '111122223333' })
}
const statement = (rest: object) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...rest,
})

test('without a policy the own account is allowed, and nobody else', ({ expect }) => {
  expect(decide(undefined, own)).toBe('allowed')
  expect(decide(undefined, other)).toBe('denied')
  expect(decide(undefined, 'anonymous-jwt')).toBe('allowed')
})

test.for([
  ['everybody', '*', 'allowed'],
  ['an account', { AWS: '444455556666' }, 'allowed'],
  ['the root of an account', { AWS: 'arn:aws:iam::444455556666:root' }, 'allowed'],
  ['the role of a session', { AWS: ['arn:aws:iam::444455556666:role/reader'] }, 'allowed'],
  ['the session itself', { AWS: session.arn }, 'allowed'],
  ['another role', { AWS: 'arn:aws:iam::444455556666:role/writer' }, 'denied'],
  ['a service', { Service: 'lambda.amazonaws.com' }, 'denied'],
] as const)('an Allow for %s', ([, Principal, answer], { expect }) => {
  expect(decide(statement({ Principal }), session)).toBe(answer)
})

test('actions ignore case, resources do not, and both take wildcards', ({ expect }) => {
  expect(decide(statement({ Action: 'Bedrock-AgentCore:invoke*' }), other)).toBe('allowed')
  expect(decide(statement({ Action: 'bedrock-agentcore:InvokeAgentRuntime' }), other)).toBe(
    'denied',
  )
  expect(decide(statement({ Resource: RESOURCE.replace('weather', 'w??ther') }), other)).toBe(
    'allowed',
  )
  expect(decide(statement({ Resource: RESOURCE.replace('weather', 'Weather') }), other)).toBe(
    'denied',
  )
})

test('a Deny wins over any Allow, and over being at home', ({ expect }) => {
  const deny = statement({ Effect: 'Deny', Principal: { AWS: '444455556666' } })
  expect(decide([statement({}), deny], other)).toBe('denied')
  expect(decide([statement({ Effect: 'Deny' })], own)).toBe('denied')
  expect(decide([statement({ Effect: 'Deny' })], 'anonymous-jwt')).toBe('denied')
})

test('conditions on who is calling are judged', ({ expect }) => {
  const when = (Condition: object, Effect = 'Allow') => statement({ Condition, Effect })
  expect(decide(when({ StringEquals: { 'aws:PrincipalAccount': '444455556666' } }), other)).toBe(
    'allowed',
  )
  expect(decide(when({ StringEquals: { 'aws:PrincipalAccount': ['1', '2'] } }), other)).toBe(
    'denied',
  )
  const role = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/read*' } }
  expect(decide(when(role), session)).toBe('allowed')
  expect(decide(when(role), other)).toBe('denied')
  const notOurs = { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }
  expect(decide(when(notOurs, 'Deny'), own)).toBe('allowed')
  expect(decide(when(notOurs, 'Deny'), 'anonymous-jwt')).toBe('denied')
})

test('a condition nobody can judge lets nobody in', ({ expect }) => {
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } }
  expect(decide(statement({ Condition }), other)).toBe('denied')
  expect(decide(statement({ Condition, Effect: 'Deny' }), own)).toBe('denied')
  const both = { ...Condition, StringEquals: { 'aws:PrincipalAccount': 'nobody' } }
  expect(decide(statement({ Condition: both, Effect: 'Deny' }), own)).toBe('allowed')
})

test.for([
  ['nothing', ''],
  ['a list', '[]'],
  ['another version', '{"Version":"2020-01-01","Statement":[]}'],
  ['no statement', '{"Version":"2012-10-17","Statement":[]}'],
  ['no effect', JSON.stringify({ Statement: [{ Principal: '*', Action: '*', Resource: '*' }] })],
  ['no principal', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })],
  ['a mistyped principal', JSON.stringify({ Statement: statement({ Principal: { AWS: 'me' } }) })],
  ['a mistyped member', JSON.stringify({ Statement: statement({ Resources: '*' }) })],
  ['a negated member', JSON.stringify({ Statement: statement({ NotAction: '*' }) })],
] as const)('%s is not a policy', ([, text], { expect }) => {
  expect(() => readResourcePolicy(text)).toThrow(expect.objectContaining({ name: 'HostError' }))
})

test('no wildcard takes long', ({ expect }) => {
  const Resource = `${'*a'.repeat(500)}b`
  const started = process.cpuUsage()
  expect(decide(statement({ Resource: Array.from({ length: 20 }, () => Resource) }), other)).toBe(
    'denied',
  )
  expect(process.cpuUsage(started).user).toBeLessThan(200_000)
})
