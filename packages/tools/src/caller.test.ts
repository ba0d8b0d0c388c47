import fc from 'fast-check'
import { test } from 'vitest'
import { readCaller } from './caller.ts'

function token(claims: unknown): string {
  return `Bearer h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
}

test('subject and client come from the token', ({ expect }) => {
  expect(readCaller(token({ sub: 'ann', client_id: 'app', scope: 'a' }))).toEqual({
    subject: 'ann',
    clientId: 'app',
  })
  expect(readCaller(token({ client_id: 'app' }))).toEqual({ clientId: 'app' })
})

test.for([[undefined], ['Bearer opaque'], ['Basic a.b.c'], [token('text')], ['Bearer a.%%%.c']])(
  '%s says nothing',
  ([authorization], { expect }) => {
    expect(readCaller(authorization)).toBeUndefined()
  },
)

test('no header makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void readCaller(`Bearer ${text}`)))
})
