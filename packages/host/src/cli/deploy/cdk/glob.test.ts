import fc from 'fast-check'
import { test } from 'vitest'
import { matcher } from './glob.ts'

test('one star stays in its folder, two do not', ({ expect }) => {
  expect(matcher('Api*')('ApiStack')).toBe(true)
  expect(matcher('Api*')('Api/Stack')).toBe(false)
  expect(matcher('**')('Stage/Stack')).toBe(true)
  expect(matcher('Stage/*')('Stage/Stack')).toBe(true)
  expect(matcher('**/*.js')('a/b/c.js')).toBe(true)
  expect(matcher('**/*.js')('c.js')).toBe(true)
  expect(matcher('cdk*.json')('cdk.context.json')).toBe(true)
  expect(matcher('Dev?')('Dev')).toBe(false)
})

test('a text without stars matches itself alone', ({ expect }) => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      if (/[*?]/.test(text)) return
      expect(matcher(text)(text)).toBe(true)
      expect(matcher(text)(other)).toBe(text === other)
    }),
  )
})
