import fc from 'fast-check'
import { test } from 'vitest'
import { isBearer, parseBearer } from './parse-bearer.ts'

/** Any UTF-16, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

test.for([
  ['Bearer abc', 'abc'],
  ['bearer  a.b-c_d~e+f/g==', 'a.b-c_d~e+f/g=='],
  ['BEARER abc ', 'abc'],
  ['Bearer', undefined],
  ['Bearer ', undefined],
  ['Bearer a b', undefined],
  ['Bearer a=b', undefined],
  ['Bearer =', undefined],
  ['Bearera', undefined],
  ['Basic abc', undefined],
  ['', undefined],
] as const)('%j holds the token %j', ([text, token], { expect }) => {
  expect(parseBearer(text)).toBe(token)
})

test('the scheme is recognised with a bad token too, and only as a whole word', ({ expect }) => {
  expect(['Bearer', 'bearer ', 'Bearer ?', 'Bearerx', 'Basic x', ''].map(isBearer)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

test('no text makes the reader throw, and what it gives is part of the text', ({ expect }) => {
  const text = fc.oneof(
    fc.string(),
    anyText.map((it) => `Bearer ${it}`),
  )
  fc.assert(
    fc.property(text, (it) => {
      const token = parseBearer(it)
      if (token === undefined) return
      expect(isBearer(it)).toBe(true)
      expect(it).toContain(token)
    }),
  )
})
