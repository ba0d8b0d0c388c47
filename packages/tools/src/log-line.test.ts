import fc from 'fast-check'
import { test } from 'vitest'
import { formatLogLine } from './log-line.ts'

test('texts stay readable, data becomes JSON', ({ expect }) => {
  expect(formatLogLine('info', 'started')).toBe('INFO started')
  expect(formatLogLine('warning', { left: 3 })).toBe('WARNING {"left":3}')
  expect(formatLogLine('error', 1n)).toBe('ERROR "1"')
})

test('whatever is logged is one line', ({ expect }) => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string()), (value) => {
      expect(formatLogLine('debug', value)).toMatch(/^DEBUG [^\r\n]*$/)
    }),
  )
})
