import { Ajv } from 'ajv'
import fc from 'fast-check'
import { test } from 'vitest'
import { compileArgumentCheck, describeFaults } from './check-arguments.ts'
import type { SchemaDefinition } from './tool-schema.ts'

function faultsOf(schema: SchemaDefinition, value: unknown): string[] {
  const faults: string[] = []
  compileArgumentCheck(schema)(value, '', faults)
  return faults
}

const payment: SchemaDefinition = {
  type: 'object',
  properties: {
    amount: { type: 'number' },
    amount_cents: { type: 'integer' },
    'a/b~c': { type: 'boolean' },
    customer: {
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name', 'email'],
    },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['amount'],
}

test('what does not fit is told in the words of the service, all at once', ({ expect }) => {
  const faults = faultsOf(payment, {
    amount_cents: '12',
    'a/b~c': null,
    customer: { name: 1.5 },
    tags: ['a', {}, []],
  })
  expect(describeFaults(faults)).toMatchInlineSnapshot(`
    "ValidationException - Parameter validation failed: Invalid request parameters:
    - Missing required field(s): 'amount'
    - Field '/amount_cents' has invalid type: string found, integer expected
    - Field '/a~1b~0c' has invalid type: null found, boolean expected
    - Missing required field(s): '/customer/email'
    - Field '/customer/name' has invalid type: number found, string expected
    - Field '/tags/1' has invalid type: object found, string expected
    - Field '/tags/2' has invalid type: array found, string expected"
  `)
})

test('several missing fields share a line', ({ expect }) => {
  expect(faultsOf({ type: 'object', required: ['a', 'b'] }, {})).toEqual([
    "- Missing required field(s): 'a', 'b'",
  ])
})

test('what the schema does not mention passes', ({ expect }) => {
  expect(faultsOf(payment, { amount: 1, _meta: {}, more: null })).toEqual([])
  expect(faultsOf({ type: 'array' }, [1, 'a'])).toEqual([])
})

test('a field that every object inherits is missing all the same', ({ expect }) => {
  const schema = { type: 'object', required: ['toString', '__proto__'] } as const
  expect(faultsOf(schema, {})).toEqual(["- Missing required field(s): 'toString', '__proto__'"])
})

test('a field that has a meaning to JavaScript is a field like any other', ({ expect }) => {
  const properties = Object.fromEntries([['__proto__', { type: 'string' } as const]])
  const given: unknown = JSON.parse('{"__proto__":0}')
  expect(faultsOf({ type: 'object', properties }, given)).toEqual([
    "- Field '/__proto__' has invalid type: integer found, string expected",
  ])
})

test('a whole number is an integer however it is written', ({ expect }) => {
  expect(faultsOf({ type: 'integer' }, JSON.parse('1.0'))).toEqual([])
  expect(faultsOf({ type: 'integer' }, 1.5)).toHaveLength(1)
})

test('a list that is wrong throughout does not fill megabytes', ({ expect }) => {
  const wrong = Array.from({ length: 100_000 }, () => 1)
  const faults = faultsOf({ type: 'array', items: { type: 'string' } }, wrong)
  expect(describeFaults(faults).split('\n')).toHaveLength(21)
})

// Without `__proto__`, which Ajv leaves out of its checks.
const names = fc.constantFrom('a', 'b', 'constructor', 'toString', 'x/y~z', '')
const ajv = new Ajv({ strict: false, allErrors: true, ownProperties: true })
const scalar = fc.constantFrom('string', 'number', 'integer', 'boolean').map((type) => ({ type }))
const { schema } = fc.letrec<{ schema: SchemaDefinition }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    scalar as fc.Arbitrary<SchemaDefinition>,
    fc.record(
      {
        type: fc.constant('object' as const),
        properties: fc.dictionary(names, tie('schema')),
        required: fc.uniqueArray(names),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      { type: fc.constant('array' as const), items: tie('schema') },
      { requiredKeys: ['type'] },
    ),
  ),
}))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.double(), fc.string()),
    fc.dictionary(names, tie('value')),
    fc.array(tie('value')),
  ),
}))

/** A value that the schema accepts: almost never found by chance. */
function fitting(wanted: SchemaDefinition): unknown {
  if (wanted.type === 'array') return wanted.items ? [fitting(wanted.items)] : [1]
  if (wanted.type !== 'object')
    return { string: '', number: 0.5, integer: 1, boolean: true }[wanted.type]
  const required = (wanted.required ?? []).map((name) => [name, null] as const)
  const known = Object.entries(wanted.properties ?? {})
  return Object.fromEntries([
    ...required,
    ...known.map(([name, it]) => [name, fitting(it)] as const),
  ])
}

test('the verdict is that of Ajv', { timeout: 120_000 }, ({ expect }) => {
  fc.assert(
    fc.property(schema, value, (wanted, given) => {
      const isValid = ajv.compile(wanted)
      for (const candidate of [given, fitting(wanted)]) {
        expect(faultsOf(wanted, candidate).length === 0).toBe(isValid(candidate))
      }
      expect(faultsOf(wanted, fitting(wanted))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
