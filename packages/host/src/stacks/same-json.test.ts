import fc from 'fast-check'
import { test } from 'vitest'
import type { Json } from './json.ts'
import { sameJson } from './same-json.ts'

const json = fc.jsonValue() as fc.Arbitrary<Json>

test('a value is the same as its copy, whatever the order of its members', ({ expect }) => {
  fc.assert(
    fc.property(json, (value) => {
      expect(sameJson(value, turn(JSON.parse(JSON.stringify(value)) as Json))).toBe(true)
    }),
  )
})

test('what is same is so both ways', ({ expect }) => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(sameJson(a, b)).toBe(sameJson(b, a))
    }),
  )
})

test('scalars may be written as texts; what is absent is nothing else', ({ expect }) => {
  expect(sameJson({ port: 80, on: true }, { on: 'true', port: '80' })).toBe(true)
  expect(sameJson({ a: 1 }, { a: 1, b: null })).toBe(false)
  expect(sameJson([], {})).toBe(false)
  expect(sameJson(undefined, 'undefined')).toBe(false)
})

function turn(value: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(turn)
  const turned = Object.entries(value).map(([name, member]) => [name, turn(member)] as const)
  return Object.fromEntries(turned.toReversed())
}
