import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { checkTemplate } from './check-template.ts'
import { evaluateConditions } from './conditions.ts'
import { dependenciesOf } from './dependencies.ts'
import { evaluate } from './evaluate.ts'
import { readTemplate } from './read-template.ts'
import { checkRules } from './rules.ts'

const pseudo = { accountId: '1', region: 'us-east-1', stackId: 's', stackName: 's' }
const FUNCTIONS =
  'Ref Condition Fn::GetAtt Fn::Sub Fn::Join Fn::Select Fn::Split Fn::FindInMap Fn::If Fn::And Fn::Or Fn::Not Fn::Equals Fn::ImportValue Fn::GetAZs Fn::Base64 Fn::Cidr Fn::Length Fn::ToJsonString Fn::Contains'.split(
    ' ',
  )
const WORDS = ['A', 'B', 'C', 'P', 'M', 'AWS::Region', 'AWS::NoValue', 'A.x', '', '1', '10.0.0.0/8']

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(...WORDS, '${A}${!x}${P.y}', 0, 1, -1, true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.tuple(fc.constantFrom(...FUNCTIONS), tie('value')).map(([name, args]) => ({ [name]: args })),
    fc.dictionary(fc.constantFrom('a', 'b', 'DefaultValue', 'Name', 'Assert'), tie('value')),
  ),
}))
const resource = fc.record(
  {
    Type: fc.constant('A::B::C'),
    Properties: value,
    DependsOn: value,
    Condition: value,
    Metadata: value,
  },
  { requiredKeys: ['Type'] },
)
const claim = fc.oneof(
  fc.tuple(value, value).map((values) => ({ 'Fn::Equals': values })),
  fc.constant({ 'Fn::Not': [{ Condition: 'A' }] }),
)
const section = (member: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom('A', 'B', 'C'), member, { maxKeys: 3 })
const template = fc.record(
  {
    Transform: fc.constant('AWS::LanguageExtensions'),
    Mappings: section(section(section(fc.string()))),
    Conditions: fc.record({ A: claim, B: claim }),
    Rules: section(
      fc.record({ RuleCondition: value, Assertions: fc.tuple(fc.record({ Assert: value })) }),
    ),
    Resources: fc.record({ A: resource, B: resource, C: resource }),
    Outputs: section(fc.record({ Value: value })),
  },
  { requiredKeys: ['Resources'] },
)

it('any template is checked, or refused in words', () => {
  fc.assert(
    fc.property(template, (written) => {
      const problem = problemOf(JSON.stringify(written))
      if (problem !== undefined) expect(problem).toHaveProperty('name', 'HostError')
    }),
    { numRuns: 1_000 },
  )
})

it('any value is evaluated or refused in words', () => {
  const scope = {
    parameters: new Map([['P', { text: 'p,q', value: ['p', 'q'], noEcho: false }]]),
    pseudo,
    conditions: new Map([['A', true]]),
    mappings: { M: { A: { B: 'mapped' } } },
    resource: (id: string) =>
      id === 'A' ? { physicalId: 'a', attributes: { x: ['y'] } } : undefined,
    importValue: () => 'imported',
  }
  fc.assert(
    fc.property(value, (written) => {
      try {
        evaluate(written, scope)
      } catch (error) {
        expect(error).toHaveProperty('name', 'HostError')
      }
    }),
    { numRuns: 3_000 },
  )
})

function problemOf(text: string): unknown {
  try {
    const read = readTemplate(text)
    expect(checkTemplate(read)).toBeInstanceOf(Array)
    dependenciesOf(read, new Map())
    checkRules(read, new Map(), pseudo)
    expect(checkTemplate(read, evaluateConditions(read, new Map(), pseudo))).toBeInstanceOf(Array)
    return undefined
  } catch (error) {
    return error
  }
}
