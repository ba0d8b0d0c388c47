import { test } from 'vitest'
import { matchWrittenPattern } from './match-written-pattern.ts'

test('a pattern must match the whole text', ({ expect }) => {
  expect(matchWrittenPattern('[a-z]+', 'abc')).toBe('matches')
  expect(matchWrittenPattern('a|b', 'ab')).toBe('differs')
  expect(matchWrittenPattern('[', 'ab')).toBe('invalid')
})

test('a pattern that would take forever is given up', ({ expect }) => {
  expect(matchWrittenPattern('(a+)+', `${'a'.repeat(50)}b`)).toBe('too slow')
})
