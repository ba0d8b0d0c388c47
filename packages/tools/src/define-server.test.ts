import { test } from 'vitest'
import { z } from 'zod'
import { defineServer, isToolServer, tool } from './index.ts'

function named(name: string, description = 'Does nothing') {
  return tool({ name, description, input: z.object({}), handler: () => 'done' })
}

test('a server has a version, its tools and a Lambda handler', ({ expect }) => {
  const tools = [named('one'), named('two')]
  const server = defineServer({ name: 'small', tools })
  expect(server).toMatchObject({ name: 'small', version: '1.0.0', tools })
  expect(isToolServer(server)).toBe(true)
})

test('every mistake is told at once, by place', ({ expect }) => {
  const tools = [named('two words'), named('ok', ' '), named('ok'), named('target___tool')]
  expect(() => defineServer({ name: '', tools })).toThrowErrorMatchingInlineSnapshot(`
    [ServerDefinitionError: The server cannot be defined like this:
      name: must not be empty
      tools[0].name: "two words" must be 1 to 128 letters, digits, "_", "-" or "."
      tools[1].description: must not be empty; a model chooses tools by it
      tools[2].name: "ok" is taken by another tool
      tools[3].name: "target___tool" must not contain "___", which separates target and tool behind a gateway]
  `)
  expect(() => defineServer({ name: 'none', tools: [] })).toThrow('at least one tool')
})

test.for([[undefined], [null], ['text'], [{}], [{ name: 'x', tools: [] }], [() => 'done']])(
  '%j is not a server',
  ([value], { expect }) => {
    expect(isToolServer(value)).toBe(false)
  },
)
