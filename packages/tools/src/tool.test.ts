import { test } from 'vitest'
import { z } from 'zod'
import { InvalidArguments, InvalidResult, tool, type ToolContext } from './index.ts'

const context: ToolContext = {
  requestId: 'r-1',
  signal: new AbortController().signal,
  progress() {},
  log() {},
}

const add = tool({
  name: 'add',
  description: 'Add two numbers',
  input: z.object({ a: z.number(), b: z.number().default(1) }),
  output: z.object({ sum: z.int() }),
  handler: ({ a, b }) => ({ sum: a + b }),
})

test('arguments are checked and completed before the handler sees them', async ({ expect }) => {
  expect(await add.call({ a: 2, ignored: true }, context)).toEqual({ sum: 3 })
})

test('wrong arguments are all named, for a model to correct', async ({ expect }) => {
  const refused = add.call({ a: '2', b: null }, context)
  await expect(refused).rejects.toBeInstanceOf(InvalidArguments)
  await expect(refused).rejects.toThrowErrorMatchingInlineSnapshot(`
    [InvalidArguments: Invalid arguments for add:
    - a: Invalid input: expected number, received string
    - b: Invalid input: expected number, received null]
  `)
  await expect(add.call([], context)).rejects.toMatchObject({ name: 'InvalidArguments' })
})

test('a result that its own output does not allow is the tool’s failure', async ({ expect }) => {
  const refused = add.call({ a: 0.5 }, context)
  await expect(refused).rejects.toBeInstanceOf(InvalidResult)
  await expect(refused).rejects.toThrowErrorMatchingInlineSnapshot(`
    [InvalidResult: add returned what its output does not allow:
    - sum: Invalid input: expected int, received number]
  `)
})

test('asynchronous checks are waited for', async ({ expect }) => {
  const known = tool({
    name: 'known',
    description: 'Look up a known name',
    input: z.object({ name: z.string().refine(async (name) => name !== 'nobody', 'is nobody') }),
    handler: ({ name }) => name,
  })
  expect(await known.call({ name: 'Ann' }, context)).toBe('Ann')
  await expect(known.call({ name: 'nobody' }, context)).rejects.toThrow('- name: is nobody')
})

test('argument and result types come from the schemas', () => {
  tool({
    name: 'typed',
    description: 'Never run',
    input: z.object({ at: z.iso.datetime().transform((text) => new Date(text)) }),
    output: z.object({ year: z.number() }),
    // @ts-expect-error: `year` is a number
    handler: ({ at }) => ({ year: String(at.getFullYear()) }),
  })
})
