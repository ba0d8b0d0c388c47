import fc from 'fast-check'
import { test } from 'vitest'
import { addParameters, isCallbackUrl, isRegistered, isRegistrableUri } from './redirect-uri.ts'

const ANY_PORT = { anyPort: true }

test.for([
  ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb', true],
  ['http://localhost:3000/cb', 'http://localhost:4000/cb', true],
  ['http://[::1]:3000/cb?a=b', 'http://[::1]:1/cb?a=b', true],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/other', false],
  ['http://127.0.0.1/cb', 'http://localhost/cb', false],
  ['http://127.0.0.1/cb', 'https://127.0.0.1:1/cb', false],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:99999999/cb', false],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:80@evil.example/cb', false],
  ['http://127.0.0.1/cb', 'http://127.0.0.1.evil.example/cb', false],
  ['https://app.example:1/cb', 'https://app.example:2/cb', false],
] as const)('%s registered, %s asked: %s', ([registered, asked, expected], { expect }) => {
  expect(isRegistered(asked, [registered], ANY_PORT)).toBe(expected)
  expect(isRegistered(asked, [registered], { anyPort: false })).toBe(false)
})

test('what is registered is found by character, and nothing else is', ({ expect }) => {
  const registered = ['https://app.example/cb', 'myapp://cb']
  expect(registered.every((uri) => isRegistered(uri, registered, ANY_PORT))).toBe(true)
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (uri) => {
      fc.pre(!registered.includes(uri))
      expect(isRegistered(uri, registered, ANY_PORT)).toBe(false)
    }),
  )
})

test('an application of the pool may have a scheme of its own, one that registers itself not', ({
  expect,
}) => {
  const both = ['https://a.example', 'http://localhost:1/', 'http://127.0.0.1', 'http://[::1]/a']
  expect(both.map((uri) => [isCallbackUrl(uri), isRegistrableUri(uri)])).toEqual(
    both.map(() => [true, true]),
  )
  expect([isCallbackUrl('myapp://cb'), isRegistrableUri('myapp://cb')]).toEqual([true, false])
  const neither = ['http://a.example', 'data:text/html,x', 'https://a.example/#x', 'a b', '', '/cb']
  expect(neither.map((uri) => isCallbackUrl(uri) || isRegistrableUri(uri))).toEqual(
    neither.map(() => false),
  )
})

test('parameters stand behind those that are there', ({ expect }) => {
  expect(addParameters('https://a.example/?b=c', { code: 'x y', state: undefined })).toBe(
    'https://a.example/?b=c&code=x+y',
  )
  expect(addParameters('myapp:cb', { code: 'x' })).toBe('myapp:cb?code=x')
})
