// Values that the service models allow, as handlers see them: dates as Date, blobs as bytes.
import fc from 'fast-check'
import { matchPattern } from '../../src/aws/pattern.ts'
import type { Shape } from '../../src/aws/service-model.ts'
import type { Random } from './random.ts'

/** Below this, only what is required is made; schemas contain schemas. */
const MAX_DEPTH = 5

/** A value that breaks none of its shape's constraints (but see `PATTERNS_NOT_MADE`). */
export function awsValue(shape: Shape, random: Random, depth = 0): unknown {
  switch (shape.type) {
    case 'structure':
      return shape.isDocument ? random.json() : awsStructure(shape, random, depth)
    case 'list': {
      const { element } = shape
      return element && makeSome(shape, random, depth, () => awsValue(element, random, depth + 1))
    }
    case 'map': {
      const { key, value } = shape
      const entries = makeSome(shape, random, depth, () => [
        key ? awsText(key, random) : '',
        value && awsValue(value, random, depth + 1),
      ])
      return Object.fromEntries(entries as [string, unknown][])
    }
    case 'string':
      return awsText(shape, random)
    case 'boolean':
      return random.chance(0.5)
    case 'integer':
    case 'long':
    case 'float':
    case 'double': {
      const { min = 0, max = min + 100 } = shape
      return random.int(Math.ceil(min), Math.min(Math.floor(max), Math.ceil(min) + 1_000))
    }
    case 'timestamp':
      return new Date(random.int(0, 2_000_000_000) * 1_000)
    case 'blob':
      return random.bytes((shape.min ?? 0) + random.int(0, 8))
  }
}

/** Patterns that no text could be made for; their values may be refused. */
export const PATTERNS_NOT_MADE = new Set<string>()

function awsStructure(shape: Shape, random: Random, depth: number): Record<string, unknown> {
  const members = [...shape.members.values()]
  const chosen = shape.isUnion ? [random.pick(members)] : members
  const made: Record<string, unknown> = {}
  for (const { name, shape: member } of chosen) {
    const isNeeded = shape.isUnion || shape.required.includes(name)
    if (isNeeded || (depth < MAX_DEPTH && random.chance(0.4))) {
      made[name] = awsValue(member, random, depth + 1)
    }
  }
  return made
}

function makeSome<T>(shape: Shape, random: Random, depth: number, make: () => T): T[] {
  const { min = 0, max = min + 3 } = shape
  const most = depth < MAX_DEPTH ? Math.min(max, min + 2) : min
  return Array.from({ length: random.int(min, most) }, make)
}

function awsText(shape: Shape, random: Random): string {
  const { min = 0, max = min + 20, pattern } = shape
  if (shape.enum) return random.pick(shape.enum)
  if (pattern !== undefined) return random.pick(textsFor(pattern, min, max))
  const word = random.word(Math.max(1, Math.min(max, min + 20)))
  return word.padEnd(min, 'x').slice(0, max)
}

const pools = new Map<string, readonly string[]>()

function textsFor(pattern: string, min: number, max: number): readonly string[] {
  const name = `${min} ${max} ${pattern}`
  let pool = pools.get(name)
  if (pool === undefined) pools.set(name, (pool = makeTexts(pattern, min, max)))
  return pool
}

function makeTexts(pattern: string, min: number, max: number): readonly string[] {
  const matches = matchPattern(pattern)
  const fits = (text: string) => text.length >= min && text.length <= max && matches(text)
  const simple = ['a', 'a1', 'name_1', '1h', '42', 'a{####}b', 'a{##b##}c', 'a@b', '{####}'].concat(
    [
      'a'.repeat(Math.max(1, min)),
      '1'.repeat(Math.max(1, min)),
      `arn:aws:iam::123456789012:role/r`,
    ],
  )
  let made: readonly string[] = []
  try {
    const options = { numRuns: 40, seed: 7 }
    made = fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), options).filter(fits)
  } catch {
    // \p and look-behind are beyond fast-check; the simple texts serve
  }
  const texts = [...made.slice(0, 6), ...simple.filter(fits)]
  if (texts.length > 0) return texts
  PATTERNS_NOT_MADE.add(pattern)
  return ['a'.repeat(Math.max(1, min))]
}
