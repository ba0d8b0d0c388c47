/* oxlint-disable no-template-curly-in-string -- what Fn::Sub replaces */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { UNKNOWN, type ResourceState } from '../resource-type.ts'
import type { EvaluationScope } from './evaluation-scope.ts'
import { evaluate } from './evaluate.ts'
import { splitSub } from './sub-text.ts'
import { holdsUnknown } from './unknown.ts'

const made: Record<string, ResourceState> = {
  Pool: {
    physicalId: 'us-east-1_abc',
    attributes: { Arn: 'arn:x', 'Outputs.Url': 'https://x', Nested: { Deep: 7 }, List: ['a', 'b'] },
  },
  Odd: { physicalId: 'skipped:Odd', attributes: {}, isSkipped: true },
}

const scope: EvaluationScope = {
  parameters: new Map([
    ['Name', { text: 'n', value: 'n', noEcho: false }],
    ['Names', { text: 'a,b', value: ['a', 'b'], noEcho: false }],
    ['Attribute', { text: 'Arn', value: 'Arn', noEcho: false }],
  ]),
  pseudo: {
    accountId: '123456789012',
    region: 'eu-west-1',
    stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/web/0',
    stackName: 'web',
  },
  conditions: new Map([
    ['Yes', true],
    ['No', false],
  ]),
  mappings: { M: { 'eu-west-1': { x: '1', l: ['p', 'q'] } } },
  resource: (logicalId) => made[logicalId],
  importValue: (name) => (name === 'shared' ? 'value' : undefined),
  stackOutput: ({ stackName, outputName, region }) =>
    stackName === 'other' ? `${outputName}@${region}` : undefined,
}

describe('a function gives', () => {
  it.each<[Json, Json]>([
    [{ Ref: 'Name' }, 'n'],
    [{ Ref: 'Names' }, ['a', 'b']],
    [{ Ref: 'Pool' }, 'us-east-1_abc'],
    [{ Ref: 'AWS::AccountId' }, '123456789012'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::NotificationARNs' }, []],
    [{ 'Fn::GetAtt': ['Pool', 'Arn'] }, 'arn:x'],
    [{ 'Fn::GetAtt': 'Pool.Outputs.Url' }, 'https://x'],
    [{ 'Fn::GetAtt': ['Pool', 'Nested.Deep'] }, 7],
    [{ 'Fn::GetAtt': ['Pool', { Ref: 'Attribute' }] }, 'arn:x'],
    [{ 'Fn::GetAtt': ['Odd', 'Any.Thing'] }, 'skipped:Odd.Any.Thing'],
    [{ Ref: 'Odd' }, 'skipped:Odd'],
    [
      { 'Fn::Sub': '${Name}-${Pool.Arn}-${AWS::Region}-${!Name}-$x' },
      'n-arn:x-eu-west-1-${Name}-$x',
    ],
    [{ 'Fn::Sub': ['${A}${Name}', { A: { Ref: 'Pool' }, Name: 1 }] }, 'us-east-1_abc1'],
    [{ 'Fn::Join': ['-', ['a', 1, true, { Ref: 'Name' }, { Ref: 'AWS::NoValue' }]] }, 'a-1-true-n'],
    [{ 'Fn::Join': [',', { Ref: 'Names' }] }, 'a,b'],
    [{ 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::Split': ['/', 'a/b'] }] }, 'a'],
    [{ 'Fn::Split': ['|', 'a||b'] }, ['a', '', 'b']],
    [{ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] }, '1'],
    [{ 'Fn::FindInMap': ['M', 'none', 'x', { DefaultValue: { Ref: 'Name' } }] }, 'n'],
    [{ 'Fn::If': ['Yes', 1, { 'Fn::GetAtt': ['Pool', 'None'] }] }, 1],
    [
      { a: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 2] },
      { b: [2] },
    ],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'shared' } }, 'value'],
    [
      { 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'O', Region: 'us-east-1' } },
      'O@us-east-1',
    ],
    [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    [{ 'Fn::Base64': 'héllo' }, 'aMOpbGxv'],
    [{ 'Fn::Length': { Ref: 'Names' } }, 2],
    [{ 'Fn::ToJsonString': { a: [{ Ref: 'Name' }], b: { Ref: 'AWS::NoValue' } } }, '{"a":["n"]}'],
    [{ 'Fn::Cidr': ['10.1.0.0/16', 2, '8'] }, ['10.1.0.0/24', '10.1.1.0/24']],
    [
      { 'Fn::Cidr': ['10.0.0.0/24', 6, 5] },
      [0, 32, 64, 96, 128, 160].map((it) => `10.0.0.${it}/27`),
    ],
    [{ 'Fn::Cidr': ['2001:db8:1::/56', 2, '64'] }, ['2001:db8:1::/64', '2001:db8:1:1::/64']],
    [{ 'Fn::Or': [{ 'Fn::Equals': ['1', 1] }, { Condition: 'No' }] }, true],
    [
      { Ref: 'Name', Other: 1 },
      { Ref: 'Name', Other: 1 },
    ],
    [{ Condition: 'Yes' }, { Condition: 'Yes' }],
  ])('%j → %j', (value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected)
  })

  it('nothing for AWS::NoValue as a whole', () => {
    expect(evaluate({ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, scope)).toBeUndefined()
  })
})

describe('a function refuses', () => {
  it.each<[Json, string]>([
    [
      { 'Fn::GetAtt': ['Pool', 'Nope'] },
      'resource Pool does not support attribute type Nope in Fn::GetAtt',
    ],
    [{ 'Fn::GetAtt': ['Pool', 'constructor'] }, 'does not support attribute type constructor'],
    [{ 'Fn::Select': [2, { Ref: 'Names' }] }, 'cannot select nonexistent value at index 2'],
    [{ 'Fn::FindInMap': ['M', 'x', 'y'] }, 'Unable to get mapping for M::x::y'],
    [{ 'Fn::FindInMap': ['N', 'x', 'y'] }, "Mapping named 'N' is not present"],
    [{ 'Fn::ImportValue': 'none' }, 'No export named none found.'],
    [{ 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o' } }, 'the stack s has no output o'],
    [{ 'Fn::Join': ['', 'text'] }, 'every Fn::Join object requires two parameters'],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'every Fn::Join object requires two parameters'],
    [{ 'Fn::Sub': '${a b}' }, 'variable names in Fn::Sub syntax must contain only'],
    [{ 'Fn::Sub': ['${A}', { A: { Ref: 'Names' } }] }, 'every value of the context object'],
    [{ 'Fn::Sub': ['x'] }, "don't specify expected arguments"],
    [{ 'Fn::Cidr': ['10.0.0.0/24', 3, 8] }, 'has no room for 3 blocks of 8 bits'],
    [{ 'Fn::Cidr': ['nonsense', 3, 8] }, 'cannot make 3 blocks'],
    [{ 'Fn::Cidr': ['10.0.0.0/8', 100_000, 8] }, 'cannot make 100000 blocks'],
    [{ 'Fn::If': ['Maybe', 1, 2] }, 'Unresolved condition dependency Maybe'],
    [{ 'Fn::Transform': { Name: 'X' } }, 'Fn::Transform is not supported'],
    [{ 'Fn::And': [true] }, 'at least 2 and at most 10'],
    [{ 'Fn::Base64': { 'Fn::Split': ['a', 'b'] } }, 'must have a String-typed value'],
  ])('%j: %s', (value, message) => {
    expect(() => evaluate(value, scope)).toThrow(message)
  })
})

describe('what depends on a resource that is not made', () => {
  it.each<Json>([
    { Ref: 'Later' },
    { 'Fn::GetAtt': ['Later', 'Arn'] },
    { 'Fn::Sub': 'a ${Later.Arn}' },
    { 'Fn::Join': ['', ['a', { Ref: 'Later' }]] },
    { 'Fn::Select': [3, { 'Fn::Split': [':', { Ref: 'Later' }] }] },
    { 'Fn::Base64': { Ref: 'Later' } },
    { 'Fn::ToJsonString': { a: [{ Ref: 'Later' }] } },
    { 'Fn::Cidr': [{ Ref: 'Later' }, 1, 8] },
    { 'Fn::ImportValue': { Ref: 'Later' } },
    { 'Fn::FindInMap': ['M', { Ref: 'Later' }, 'x'] },
    { 'Fn::GetStackOutput': { StackName: { Ref: 'Later' }, OutputName: 'o' } },
  ])('%j is unknown', (value) => {
    expect(evaluate(value, scope)).toBe(UNKNOWN)
  })

  it('is found in the depth', () => {
    const value = evaluate({ a: ['x', { b: { 'Fn::Sub': '${Later}' } }], c: 1 }, scope) ?? null
    expect(value).toEqual({ a: ['x', { b: UNKNOWN }], c: 1 })
    expect(holdsUnknown(value)).toBe(true)
    expect(holdsUnknown({ a: [1, 'x'] })).toBe(false)
  })
})

it('Fn::Sub loses nothing of any text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[$ab{}!.]{0,20}$/), (text) => {
      const written = splitSub(text).map((part) =>
        'text' in part ? part.text : `\${${part.variable}}`,
      )
      expect(written.join('')).toBe(text.replaceAll(/\$\{!([^}]*)\}/g, '${$1}'))
    }),
  )
})
