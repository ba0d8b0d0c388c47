/* oxlint-disable no-template-curly-in-string -- what Fn::Sub replaces */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { checkTemplate } from './check-template.ts'
import { evaluateConditions } from './conditions.ts'
import { dependenciesOf } from './dependencies.ts'
import { readTemplate } from './read-template.ts'

const TYPE = 'AWS::CDK::Metadata'
const pseudo = { accountId: '1', region: 'us-east-1', stackId: 's', stackName: 's' }

function check(template: JsonObject, hasConditions = false) {
  const read = readTemplate(JSON.stringify({ Resources: { A: { Type: TYPE } }, ...template }))
  return checkTemplate(
    read,
    hasConditions ? evaluateConditions(read, new Map(), pseudo) : undefined,
  )
}

function resource(a: Json, rest: JsonObject = {}): JsonObject {
  return { Resources: { R: { Type: TYPE, Properties: { a }, ...rest } } }
}

describe('a mistake is told', () => {
  it.each<[string, JsonObject]>([
    [
      'Template format error: Unresolved resource dependencies [X, Y, Z] in the Resources block of the template',
      resource([{ Ref: 'X' }, { 'Fn::Sub': '${Y.Arn}' }], { DependsOn: ['Z'] }),
    ],
    [
      'Template format error: Unresolved resource dependencies [X] in the Outputs block of the template',
      { Outputs: { O: { Value: { 'Fn::Join': ['', [{ Ref: 'X' }]] } } } },
    ],
    [
      'Template error: instance of Fn::GetAtt references undefined resource P',
      { Parameters: { P: { Type: 'String' } }, ...resource({ 'Fn::GetAtt': ['P', 'Arn'] }) },
    ],
    [
      'Template format error: Unresolved condition dependency C in the Resources block of the template',
      resource(1, { Condition: 'C' }),
    ],
    [
      'Template format error: Unresolved condition dependency C in the Resources block of the template',
      resource({ 'Fn::If': ['C', 1, 2] }),
    ],
    [
      'Template format error: Unresolved condition dependency C in the Outputs block of the template',
      { Outputs: { O: { Value: 1, Condition: 'C' } } },
    ],
    [
      'Template format error: Unresolved condition dependency D in the Conditions block of the template',
      { Conditions: { C: { 'Fn::Not': [{ Condition: 'D' }] } } },
    ],
    [
      'Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template',
      { Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 1] } } },
    ],
    [
      'Template format error: Circular dependencies between conditions: [C, D]',
      { Conditions: { C: { 'Fn::Not': [{ Condition: 'D' }] }, D: { Condition: 'C' } } },
    ],
    [
      'Circular dependency between resources: [B, C]',
      {
        Resources: {
          A: { Type: TYPE, DependsOn: 'B' },
          B: { Type: TYPE, Properties: { a: { Ref: 'C' } } },
          C: { Type: TYPE, Properties: { a: { 'Fn::Sub': '${B.x}' } } },
          D: { Type: TYPE },
        },
      },
    ],
    [
      'Circular dependency between resources: [A]',
      { Resources: { A: { Type: TYPE, DependsOn: 'A' } } },
    ],
    ['Template error: Fn::Foo is not supported on this host', resource({ 'Fn::Foo': 1 })],
    [
      'Template error: Fn::Transform is not supported on this host',
      resource({ 'Fn::Transform': { Name: 'AWS::Include' } }),
    ],
    [
      'Template error: Fn::Join must be the only member of its object; it stands with b',
      resource({ 'Fn::Join': ['', []], b: 1 }),
    ],
    [
      'Template error: Fn::Length needs the transform AWS::LanguageExtensions',
      resource({ 'Fn::Length': [1] }),
    ],
    [
      'Template error: Fn::FindInMap with a DefaultValue needs the transform AWS::LanguageExtensions',
      resource({ 'Fn::FindInMap': ['a', 'b', 'c', { DefaultValue: 1 }] }),
    ],
    [
      'Template error: Fn::If requires a list argument with three parameters',
      resource({ 'Fn::If': ['C', 1] }),
    ],
    [
      'Template format error: Every Ref object must have a single String value.',
      resource({ Ref: ['A'] }),
    ],
    [
      'Template error: Fn::GetAtt is not supported in the Rules block on this host',
      { Rules: { R: { Assertions: [{ Assert: { 'Fn::GetAtt': ['A', 'b'] } }] } } },
    ],
  ])('%s', (message, template) => {
    expect(check(template)).toContain(message)
  })

  it.each<[string, Json]>([
    ['every Fn::Join object', { 'Fn::Join': [',', 'a'] }],
    ['every Fn::Split object', { 'Fn::Split': ['', 'a'] }],
    ['Fn::Select requires', { 'Fn::Select': ['x', []] }],
    ['every Fn::GetAtt object', { 'Fn::GetAtt': ['A'] }],
    ['every Fn::FindInMap object', { 'Fn::FindInMap': ['A', 'b'] }],
    ['Fn::Sub intrinsic functions', { 'Fn::Sub': ['a', 'b', 'c'] }],
    ['Fn::Cidr requires', { 'Fn::Cidr': '10.0.0.0/8' }],
    ['every Fn::Equals object', { 'Fn::Equals': [1] }],
    ['every Fn::Not object', { 'Fn::Not': [1, 2] }],
    ['every Fn::Or object', { 'Fn::Or': [{ Condition: 'C' }] }],
    ['every Fn::Base64 object', { 'Fn::Base64': ['a'] }],
    ['Fn::ImportValue', { 'Fn::ImportValue': ['a'] }],
    ['every Fn::GetStackOutput object', { 'Fn::GetStackOutput': { StackName: 's' } }],
  ])('%s', (message, value) => {
    expect(check(resource(value)).join()).toContain(message)
  })
})

describe('with its conditions', () => {
  const template = {
    Conditions: { Yes: { 'Fn::Equals': [1, '1'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    Resources: {
      Live: {
        Type: TYPE,
        DependsOn: 'Gone',
        Properties: {
          a: { 'Fn::If': ['No', { Ref: 'Gone' }, { 'Fn::If': ['Yes', 1, { Ref: 'Gone' }] }] },
        },
      },
      Gone: { Type: TYPE, Condition: 'No', Properties: { a: { Ref: 'Live' } } },
    },
    Outputs: { O: { Value: { Ref: 'Gone' }, Condition: 'No' } },
  }

  it('only what is left must hold together', () => {
    expect(check(template)).toEqual([])
    expect(check(template, true)).toEqual([])
    const read = readTemplate(JSON.stringify(template))
    const graph = dependenciesOf(read, evaluateConditions(read, new Map(), pseudo))
    expect([...graph]).toEqual([['Live', new Set()]])
  })

  it('what is left may not need what is not made', () => {
    const resources = {
      Live: { Type: TYPE, Properties: { a: { 'Fn::If': ['Yes', { Ref: 'Gone' }, 1] } } },
      Gone: { Type: TYPE, Condition: 'No' },
    }
    const needy = { ...template, Resources: resources, Outputs: { O: { Value: { Ref: 'Gone' } } } }
    expect(check(needy)).toEqual([])
    expect(check(needy, true)).toEqual([
      'Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template',
      'Template format error: Unresolved resource dependencies [Gone] in the Outputs block of the template',
    ])
  })
})
