import fc from 'fast-check'
import { test } from 'vitest'
import { parseArnScope, parseProviderName, providerArn, type ProviderKind } from './arns.ts'

const name = fc.stringMatching(/^[a-zA-Z0-9\-_]{1,128}$/)
const kind = fc.constantFrom<ProviderKind>('oauth2', 'apikey')
const scope = fc.record({
  accountId: fc.stringMatching(/^[0-9]{12}$/),
  region: fc.stringMatching(/^[a-z]{2}-[a-z]{4,9}-[1-9]$/),
})

test('a provider ARN says its kind, name and scope, and is of no other kind', ({ expect }) => {
  fc.assert(
    fc.property(kind, name, scope, (itsKind, itsName, itsScope) => {
      const arn = providerArn(itsKind, itsName, itsScope)
      expect(parseProviderName(itsKind, arn)).toBe(itsName)
      expect(parseProviderName(itsKind === 'oauth2' ? 'apikey' : 'oauth2', arn)).toBeUndefined()
      expect(parseArnScope(arn)).toEqual(itsScope)
    }),
  )
})

test('no text makes the readers throw', () => {
  fc.assert(
    fc.property(kind, fc.string(), (itsKind, text) => {
      parseProviderName(itsKind, text)
      parseArnScope(text)
    }),
  )
})
