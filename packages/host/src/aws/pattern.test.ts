import fc from 'fast-check'
import { test } from 'vitest'
import { matchPattern, MAX_PATTERN_TEXT } from './pattern.ts'
import { loadServiceModel, type Shape } from './service-model.ts'

const SERVICES = [
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-idp',
  'ecr',
  'lambda',
  'secretsmanager',
  'ssm',
  'sts',
] as const

/** Every pattern that an input may meet, with the longest text it may be given. */
function inputPatterns(): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const seen = new Set<Shape>()
  const walk = (shape: Shape | undefined): void => {
    if (shape === undefined || seen.has(shape)) return
    seen.add(shape)
    const { pattern, max = MAX_PATTERN_TEXT } = shape
    if (pattern !== undefined) found.set(pattern, Math.max(found.get(pattern) ?? 0, max))
    for (const member of shape.members.values()) walk(member.shape)
    for (const part of [shape.element, shape.key, shape.value]) walk(part)
  }
  for (const service of SERVICES) {
    for (const { input } of loadServiceModel(service).operations.values()) walk(input)
  }
  return found
}

const PIECES =
  'a A 0 - _ . / : @ {## ##} {####} a- a. a/ a1 arn: arn:aws: a:a :: = 1h é * s3:// $LATEST aws-'.split(
    ' ',
  )
const STARTS = [
  '',
  'arn:aws:lambda:us-east-1:123456789012:',
  'arn:aws:iam::123456789012:role/',
  'a',
]

test('every pattern of the models decides about the worst texts at once', ({ expect }) => {
  const slow: string[] = []
  for (const [pattern, max] of inputPatterns()) {
    const matches = matchPattern(pattern)
    for (const start of STARTS) {
      for (const piece of PIECES) {
        const text = `${start}${piece.repeat(Math.ceil(max / piece.length))}`.slice(0, max - 1)
        const before = process.cpuUsage()
        matches(`${text}\u0001`)
        const { user } = process.cpuUsage(before)
        if (user > 100_000) slow.push(`${pattern}: ${user / 1_000} ms for ${start}${piece}…`)
      }
    }
  }
  expect(slow).toEqual([])
})

const LINEAR = [
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
  '[A-Za-z0-9-_=]+.[A-Za-z0-9-_=]+.[A-Za-z0-9-_=]+',
]

test.for(LINEAR)('%s: the faster spelling accepts the same texts', (pattern) => {
  const plain = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p') ? 'u' : '')
  const piece = fc.constantFrom(
    'a',
    '-',
    '.',
    '@',
    '{##',
    '##}',
    '{####}',
    ' ',
    '\n',
    '\u0001',
    'é',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join('')
      return matchPattern(pattern)(text) === plain.test(text)
    }),
    { numRuns: 20_000 },
  )
})

test('a pattern speaks about the whole text', ({ expect }) => {
  expect(matchPattern('[a-z]+|x')('ab1')).toBe(false)
  expect(matchPattern('[a-z]+|x')('ab')).toBe(true)
  expect(matchPattern('(?s).*')('a\nb')).toBe(true)
})
