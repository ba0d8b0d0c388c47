import fc from 'fast-check'
import { test } from 'vitest'
import { hideValues } from './hide-values.ts'

test('names stand where values were, the longest value first', ({ expect }) => {
  const variables = { KEY: 'sk-1234', LONG_KEY: 'sk-1234-5678', DEBUG: '1' }
  expect(hideValues('1: sk-1234-5678 or sk-1234', variables)).toBe('1: [LONG_KEY] or [KEY]')
})

test('no text shows a value', ({ expect }) => {
  const value = fc.stringMatching(/^[a-z0-9]{6,20}$/)
  fc.assert(
    fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
      expect(hideValues(before + secret + after, { SECRET: secret })).not.toContain(secret)
    }),
  )
})
