import fc from 'fast-check'
import { test } from 'vitest'
import { isInitialize, parseMessage } from './json-rpc.ts'

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseMessage(text)))
  fc.assert(fc.property(fc.json(), (text) => void parseMessage(text)))
})

test('a message is known by its members', ({ expect }) => {
  expect(parseMessage('{"jsonrpc":"2.0","id":1,"method":"ping"}')).toEqual({
    id: 1,
    method: 'ping',
    isError: false,
  })
  expect(parseMessage('{"jsonrpc":"2.0","id":null,"error":{"code":-1}}')).toEqual({ isError: true })
  expect(parseMessage('{"jsonrpc":"2.0","error":"no"}')).toEqual({ isError: false })
  expect(parseMessage('{"id":1}')).toBeUndefined()
  expect(parseMessage('[]')).toBeUndefined()
})

test('only the method makes a handshake', ({ expect }) => {
  expect(isInitialize(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"initialize"}'))).toBe(true)
  expect(isInitialize(Buffer.from('{"jsonrpc":"2.0","method":"x","id":"initialize"}'))).toBe(false)
})
