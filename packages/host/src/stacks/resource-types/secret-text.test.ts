import { expect, test } from 'vitest'
import { generateSecretText } from './secret-text.ts'

test('a password has 32 characters, and one of every kind', () => {
  const password = generateSecretText({})
  expect(password).toHaveLength(32)
  for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(password).toMatch(kind)
  expect(generateSecretText({})).not.toBe(password)
})

test('what is excluded is not in it', () => {
  const password = generateSecretText({
    PasswordLength: '200',
    ExcludePunctuation: true,
    ExcludeUppercase: 'true',
    ExcludeCharacters: 'aeiou',
    IncludeSpace: 'true',
  })
  expect(password).toMatch(/^[b-df-hj-np-tv-z0-9 ]{200}$/)
  expect(password).toContain(' ')
})

test('a template gets the password as a member', () => {
  const options = {
    SecretStringTemplate: '{"user":"ann"}',
    GenerateStringKey: 'password',
    RequireEachIncludedType: false,
    PasswordLength: 1,
  }
  expect(JSON.parse(generateSecretText(options))).toEqual({
    user: 'ann',
    password: expect.stringMatching(/^.$/),
  })
})

test.for([
  [{ PasswordLength: 0 }, /1 to 4096/],
  [{ PasswordLength: 3 }, /too short/],
  [{ GenerateStringKey: 'password' }, /belong together/],
  [{ SecretStringTemplate: '[]', GenerateStringKey: 'password' }, /not a JSON object/],
  [
    {
      ExcludeLowercase: true,
      ExcludeUppercase: true,
      ExcludeNumbers: true,
      ExcludePunctuation: true,
    },
    /excludes every character/,
  ],
] as const)('%o is refused', ([options, reason]) => {
  expect(() => generateSecretText(options)).toThrow(reason)
})
