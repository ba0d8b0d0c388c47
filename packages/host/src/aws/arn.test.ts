import fc from 'fast-check'
import { test } from 'vitest'
import { formatArn, parseArn } from './arn.ts'

const arn = fc.record({
  partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
  service: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
  region: fc.stringMatching(/^[a-z0-9-]{0,20}$/),
  accountId: fc.stringMatching(/^([0-9]{12})?$/),
  resource: fc.stringMatching(/^[a-z]{1,12}[:/][A-Za-z0-9_:/$.-]{1,40}$/),
})

test('every ARN we write is read back unchanged', ({ expect }) => {
  fc.assert(
    fc.property(arn, (it) => {
      expect(parseArn(formatArn(it))).toEqual(it)
    }),
  )
})

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseArn(text)))
  fc.assert(fc.property(fc.string(), (text) => void parseArn(`arn:aws:${text}`)))
})

test('what is not quite an ARN is none', ({ expect }) => {
  for (const text of [
    'arn:aws:iam::1:role/x',
    'arn:aws:iam::123456789012:',
    'role/x',
    'arn::::::',
  ]) {
    expect(parseArn(text)).toBeUndefined()
  }
})
