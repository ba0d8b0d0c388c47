import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { createPatternMatcher } from '../match-written-pattern.ts'
import type { GivenParameter } from './parameters.ts'
import { readTemplate } from './read-template.ts'
import { resolveParameters } from './resolve-parameters.ts'
import { checkRules } from './rules.ts'

const Resources = { A: { Type: 'AWS::CDK::Metadata' } }
const pseudo = { accountId: '1', region: 'us-east-1', stackId: 's', stackName: 's' }
const stored = new Map([
  ['/a/b', 'one'],
  ['/list', 'x, y'],
])

function resolve(
  parameters: JsonObject,
  given: readonly GivenParameter[] = [],
  previous: Readonly<Record<string, string>> = {},
) {
  const template = readTemplate(JSON.stringify({ Parameters: parameters, Resources }))
  const before = new Map(Object.entries(previous).map(([key, text]) => [key, { text }]))
  return resolveParameters(template, given, before, async (name) => stored.get(name))
}

it('takes what was given, what was before, and the default', async () => {
  const resolved = await resolve(
    {
      Given: { Type: 'String', Default: 'd', NoEcho: true },
      Before: { Type: 'Number' },
      Default: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
      None: { Type: 'List<Number>', Default: '' },
      Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
      StoredList: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' },
      Name: { Type: 'AWS::SSM::Parameter::Name', Default: '/a/b' },
    },
    [
      { key: 'Given', value: 'x' },
      { key: 'Before', usePreviousValue: true },
    ],
    { Before: '7' },
  )
  expect(Object.fromEntries(resolved)).toEqual({
    Given: { text: 'x', value: 'x', noEcho: true },
    Before: { text: '7', value: '7', noEcho: false },
    Default: { text: 'a, b,c', value: ['a', 'b', 'c'], noEcho: false },
    None: { text: '', value: [], noEcho: false },
    Stored: { text: '/a/b', value: 'one', resolvedText: 'one', noEcho: false },
    StoredList: { text: '/list', value: ['x', 'y'], resolvedText: 'x, y', noEcho: false },
    Name: { text: '/a/b', value: '/a/b', noEcho: false },
  })
})

describe('a parameter is refused', () => {
  const rows: [string, JsonObject, (readonly GivenParameter[])?][] = [
    ['Parameters: [P, Q] must have values', { P: { Type: 'String' }, Q: { Type: 'String' } }],
    [
      'Parameters: [X, constructor] do not exist in the template',
      { P: { Type: 'String' } },
      [
        { key: 'X', value: '' },
        { key: 'constructor', value: '' },
      ],
    ],
    [
      'Duplicate parameter key P',
      { P: { Type: 'String' } },
      [
        { key: 'P', value: '' },
        { key: 'P', value: '' },
      ],
    ],
    [
      'Cannot specify usePreviousValue as true for a parameter key not in the previous template',
      { P: { Type: 'String' } },
      [{ key: 'P', usePreviousValue: true }],
    ],
    [
      'Cannot specify usePreviousValue as true and non empty value',
      { P: { Type: 'String' } },
      [{ key: 'P', value: 'x', usePreviousValue: true }],
    ],
    [
      'Need to specify either usePreviousValue as true or value',
      { P: { Type: 'String' } },
      [{ key: 'P' }],
    ],
    [
      "Parameter 'P' must be one of AllowedValues",
      { P: { Type: 'String', Default: 'c', AllowedValues: ['a', 'b'] } },
    ],
    [
      "Parameter 'P' must be one of AllowedValues",
      { P: { Type: 'CommaDelimitedList', Default: 'a,c', AllowedValues: ['a', 'b'] } },
    ],
    [
      "Parameter 'P' must contain at least 2 characters",
      { P: { Type: 'String', Default: 'c', MinLength: 2 } },
    ],
    [
      "Parameter 'P' must contain at most 2 characters",
      { P: { Type: 'String', Default: 'ccc', MaxLength: '2' } },
    ],
    ["Parameter 'P' must be a number.", { P: { Type: 'Number', Default: 'x' } }],
    [
      "Parameter 'P' must be a number not less than 3",
      { P: { Type: 'Number', Default: 2, MinValue: 3 } },
    ],
    [
      "Parameter 'P' must be a number not greater than 3",
      { P: { Type: 'List<Number>', Default: '1,4', MaxValue: 3 } },
    ],
    [
      "Parameter 'P' must match pattern [a-z]+",
      { P: { Type: 'String', Default: 'a1', AllowedPattern: '[a-z]+' } },
    ],
    [
      'Parameter P failed to satisfy constraint: letters only',
      {
        P: {
          Type: 'String',
          Default: 'a1',
          AllowedPattern: '[a-z]+',
          ConstraintDescription: 'letters only',
        },
      },
    ],
    [
      'takes too long',
      { P: { Type: 'String', Default: `${'a'.repeat(40)}!`, AllowedPattern: '(a+)+' } },
    ],
    ['at most 4096 bytes', { P: { Type: 'String', Default: 'é'.repeat(2_049) } }],
    [
      'Unable to fetch parameters [/none] from parameter store',
      { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' } },
    ],
  ]
  it.each(rows)('%s', async (message, parameters, asked = []) => {
    await expect(resolve(parameters, asked)).rejects.toThrow(message)
  })
})

describe('a pattern of a list', () => {
  const list = (Default: string, AllowedPattern: string) =>
    resolve({ P: { Type: 'CommaDelimitedList', Default, AllowedPattern } })

  it('is asked once for all members', async () => {
    const members = Array(2_000).fill('a').join()
    expect((await list(members, '[a-z]+')).get('P')?.value).toHaveLength(2_000)
    await expect(list(`${members},1`, '[a-z]+')).rejects.toThrow('must match pattern [a-z]+')
  })

  it('has the same moment for all members', async () => {
    const slow = `${'a'.repeat(29)}!`
    await expect(list(Array(130).fill(slow).join(), '(a+)+')).rejects.toThrow('takes too long')
  })
})

it('patterns of one request share its time', () => {
  const matches = createPatternMatcher()
  const verdicts = Array.from({ length: 20 }, () => matches('(a+)+', [`${'a'.repeat(50)}!`]))
  expect(new Set(verdicts)).toEqual(new Set(['too slow']))
  // nothing is left, not even for a harmless one
  expect(matches('a', ['a'])).toBe('too slow')
  expect(createPatternMatcher()('a', ['a'])).toBe('matches')
})

describe('rules', () => {
  // As the CDK writes it.
  const Rules = {
    CheckBootstrapVersion: {
      RuleCondition: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Version' }, 'none'] }] },
      Assertions: [
        {
          Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3'], { Ref: 'Version' }] }] },
          AssertDescription: 'CDK bootstrap stack version 4 required.',
        },
      ],
    },
    Members: { Assertions: [{ Assert: { 'Fn::EachMemberIn': [{ Ref: 'List' }, ['a', 'b']] } }] },
    Same: { Assertions: [{ Assert: { 'Fn::EachMemberEquals': [['x', 'x'], 'x'] } }] },
  }
  const Parameters = {
    Version: { Type: 'String', Default: '5' },
    List: { Type: 'CommaDelimitedList', Default: 'a' },
  }

  it.each([
    [[], undefined],
    [[{ key: 'Version', value: '3' }], 'CDK bootstrap stack version 4 required.'],
    [[{ key: 'Version', value: 'none' }], undefined],
    [[{ key: 'List', value: 'a,c' }], 'the rule Members does not hold'],
  ])('%j: %s', async (given, message) => {
    const template = readTemplate(JSON.stringify({ Rules, Parameters, Resources }))
    const parameters = await resolveParameters(template, given, undefined, async () => undefined)
    const run = () => checkRules(template, parameters, pseudo)
    if (message === undefined) run()
    else expect(run).toThrow(message)
  })
})
