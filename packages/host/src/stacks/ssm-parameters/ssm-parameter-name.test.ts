import fc from 'fast-check'
import { test } from 'vitest'
import { ssmParameterArn } from './ssm-parameter.ts'
import { parseReference, readNewName } from './ssm-parameter-name.ts'

const scope = { accountId: '000000000000', region: 'us-east-1' }
const part = fc.stringMatching(/^[b-r][A-Za-z0-9_.-]{0,20}$/)
const path = fc.array(part, { minLength: 1, maxLength: 15 }).map((parts) => `/${parts.join('/')}`)

test('a name, alone or in its ARN, with or without a version, is read back', ({ expect }) => {
  fc.assert(
    fc.property(path, fc.option(fc.integer({ min: 1, max: 999 })), (name, version) => {
      const suffix = version === null ? '' : `:${version}`
      const read = { name, ...(version !== null && { version: String(version) }) }
      expect(readNewName(name)).toBe(name)
      expect(parseReference(scope, `${name}${suffix}`)).toEqual(read)
      expect(parseReference(scope, `${ssmParameterArn({ scope, name })}${suffix}`)).toEqual(read)
    }),
  )
})

test('the ARN of another account or Region names nothing here', ({ expect }) => {
  for (const other of [
    { ...scope, region: 'eu-west-1' },
    { ...scope, accountId: '1'.repeat(12) },
  ]) {
    expect(parseReference(scope, ssmParameterArn({ scope: other, name: 'a' }))).toBeUndefined()
  }
})

test('no text makes the readers do anything but answer or refuse', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseReference(scope, text)
      try {
        readNewName(text)
      } catch (error) {
        return /Parameter name|reserved|hierarchy/.test(String(error))
      }
      return true
    }),
  )
})
