import fc from 'fast-check'
import { test } from 'vitest'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { parseFunctionIdentifier, qualifiedArn } from './function-identifier.ts'

const identifier = fc.record({
  scope: fc.record({
    accountId: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1', 'us-iso-east-1'),
  }),
  functionName: fc.stringMatching(/^[\w-]{1,64}$/),
  qualifier: fc.option(fc.oneof(fc.constant('$LATEST'), fc.stringMatching(/^[\w-]{1,20}$/)), {
    nil: undefined,
  }),
})

test('an ARN names what it was made of', ({ expect }) => {
  fc.assert(
    fc.property(identifier, (it) => {
      expect(parseFunctionIdentifier(qualifiedArn(it))).toEqual(it)
    }),
  )
})

test('what is left out is the caller’s', ({ expect }) => {
  const scope = { accountId: '111122223333', region: 'eu-west-1' }
  const it = { scope, functionName: 'it', qualifier: undefined }
  expect(parseFunctionIdentifier('it', scope)).toEqual(it)
  expect(parseFunctionIdentifier('function:it', scope)).toEqual(it)
  expect(parseFunctionIdentifier('it:live', scope)).toEqual({ ...it, qualifier: 'live' })
  expect(parseFunctionIdentifier('444455556666:function:it:7', scope)).toEqual({
    scope: { accountId: '444455556666', region: 'eu-west-1' },
    functionName: 'it',
    qualifier: '7',
  })
  expect(parseFunctionIdentifier('it')?.scope).toEqual(DEFAULT_SCOPE)
})

test('no text makes the reader throw, and few are names', ({ expect }) => {
  fc.assert(fc.property(fc.string(), (text) => void parseFunctionIdentifier(text)))
  const others = ['', 'a b', 'a/b', '../a', 'arn:aws:s3:::bucket', 'a:b:c:d', 'it:$OTHER', 'é']
  for (const text of others) expect(parseFunctionIdentifier(text), text).toBeUndefined()
})
