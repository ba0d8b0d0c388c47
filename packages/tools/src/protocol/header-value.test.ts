import fc from 'fast-check'
import { test } from 'vitest'
import { decodeHeaderValue } from './header-value.ts'

test('any text survives its encoding', ({ expect }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = Buffer.from(text, 'utf8').toString('base64')
      expect(decodeHeaderValue(`=?base64?${encoded}?=`)).toBe(text)
    }),
  )
})

test('plain text is itself, also when it looks almost encoded', ({ expect }) => {
  expect(decodeHeaderValue('greet')).toBe('greet')
  expect(decodeHeaderValue('=?BASE64?aGk=?=')).toBe('=?BASE64?aGk=?=')
  expect(decodeHeaderValue('=?base64?aGk=')).toBe('=?base64?aGk=')
})

test.for(['=?base64?aGk?=', '=?base64?a G k=?=', '=?base64?/w==?=', '=?base64?aGl=?='])(
  '%s is broken: not canonical, or not UTF-8',
  (value, { expect }) => {
    expect(decodeHeaderValue(value)).toBeUndefined()
  },
)

test('no text makes the decoder throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void decodeHeaderValue(`=?base64?${text}?=`)))
})
