/* oxlint-disable no-template-curly-in-string -- what Fn::Sub replaces */
import { expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { evaluate } from './evaluate.ts'

const scope = {
  parameters: new Map([['P', { text: '', value: 'x'.repeat(4_000), noEcho: false }]]),
  pseudo: { accountId: '1', region: 'us-east-1', stackId: 's', stackName: 's' },
  conditions: new Map(),
  mappings: {},
  resource: () => undefined,
  importValue: () => undefined,
}

function nest(times: number, wrap: (inner: Json) => Json, inner: Json): Json {
  return times === 0 ? inner : nest(times - 1, wrap, wrap(inner))
}

const tenTimes = (A: Json): Json => ({ 'Fn::Sub': ['${A}'.repeat(10), { A }] })

it('evaluates a value of Fn::Sub once, however often it stands in the text', () => {
  expect(evaluate(nest(25, tenTimes, ''), scope)).toBe('')
})

it.each<[string, Json]>([
  ['Fn::Sub in Fn::Sub', nest(25, tenTimes, 'x')],
  ['one long Fn::Sub', { 'Fn::Sub': '${P}'.repeat(200_000) }],
  ['Fn::ToJsonString in itself', nest(40, (it) => ({ 'Fn::ToJsonString': [it] }), '"')],
  ['Fn::Base64 in itself', nest(100, (it) => ({ 'Fn::Base64': it }), 'x')],
  ['many references', Array.from({ length: 80_000 }, () => ({ Ref: 'P' }))],
  ['a long delimiter', { 'Fn::Join': ['x'.repeat(1_000), Array(100_000).fill('') as Json[]] }],
])('refuses values that become too large: %s', (_, value) => {
  expect(() => evaluate(value, scope)).toThrow('may give 2000000 characters')
})
