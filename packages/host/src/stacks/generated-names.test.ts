import fc from 'fast-check'
import { test } from 'vitest'
import { deriveToken, generateName } from './generated-names.ts'

test('names look like those of CloudFormation, and are the same for every try', ({ expect }) => {
  const name = generateName('my-stack', 'Function1A2B', 'seed', { maxLength: 64 })
  expect(name).toMatch(/^my-stack-Function1A2B-[A-Z0-9]{12}$/)
  expect(generateName('my-stack', 'Function1A2B', 'seed', { maxLength: 64 })).toBe(name)
  expect(generateName('my-stack', 'Function1A2B', 'other', { maxLength: 64 })).not.toBe(name)
  const options = { maxLength: 48, separator: '_', isLowerCase: true }
  expect(generateName('my-stack', 'Runtime', 'seed', options)).toMatch(
    /^my_stack_runtime_[a-z0-9]{12}$/,
  )
})

test('no name is longer than it may be, or without its end', ({ expect }) => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
  fc.assert(
    fc.property(word, word, fc.integer({ min: 20, max: 128 }), (stack, logicalId, maxLength) => {
      const name = generateName(stack, logicalId, 'seed', { maxLength })
      expect(name.length).toBeLessThanOrEqual(maxLength)
      expect(name).toMatch(/^[A-Za-z].*-[A-Z0-9]{12}$/)
    }),
  )
})

test('tokens are as long as services want them', ({ expect }) => {
  expect(deriveToken('a', 'b')).toMatch(/^[0-9a-f]{64}$/)
  expect(deriveToken('a', 'b')).not.toBe(deriveToken('ab'))
})
