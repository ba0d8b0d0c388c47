import type { ToolDefinition } from '@catamaran/tools'
import { RootConstruct } from 'constructs'
import { test } from 'vitest'
import { checkTools } from './check-tools.ts'
import { Problems } from './problems.ts'

const SEARCH = { name: 'search', description: 'Searches', inputSchema: { type: 'object' } } as const

test('what AgentCore takes is taken', ({ expect }) => {
  const tool: ToolDefinition = {
    ...SEARCH,
    inputSchema: {
      type: 'object',
      properties: {
        list: { type: 'array', items: { type: 'string' }, description: 'Some' },
        deep: { type: 'object', properties: { number: { type: 'integer' } } },
      },
      required: ['list'],
    },
    outputSchema: { type: 'string' },
  }
  expect(problemsOf([tool])).toEqual([])
})

test('every part that does not fit is named by its pointer', ({ expect }) => {
  const tool = {
    name: 'search',
    description: ' ',
    title: 'Search',
    inputSchema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        color: { type: 'string', enum: ['red'] },
        'a/b': { type: ['string', 'null'] },
        list: { type: 'array', items: { anyOf: [] } },
      },
      required: ['color', 'size'],
    },
    outputSchema: 'text',
  }
  expect(problemsOf([tool]).map((problem) => problem.split(':')[0])).toEqual([
    'tools/0/title',
    'tools/0/description',
    'tools/0/inputSchema/additionalProperties',
    'tools/0/inputSchema/properties/color/enum',
    'tools/0/inputSchema/properties/a~1b/type',
    'tools/0/inputSchema/properties/list/items/anyOf',
    'tools/0/inputSchema/properties/list/items/type',
    'tools/0/inputSchema/required/1',
    'tools/0/outputSchema',
  ])
})

test('the limits of a target are kept', ({ expect }) => {
  expect(problemsOf([{ ...SEARCH, name: 'bad name!' }])).toEqual([
    'tools/0/name: takes letters, digits, _, . and - only.',
  ])
  expect(problemsOf([])).toEqual(['tools: at least one is needed.'])
  expect(problemsOf([SEARCH, SEARCH])).toEqual(['tools: two are named "search".'])
  const many = Array.from({ length: 1_001 }, (_, index) => ({ ...SEARCH, name: `tool${index}` }))
  expect(problemsOf(many)).toEqual(['tools: 1001; a target takes at most 1000.'])
  expect(problemsOf([{ ...SEARCH, description: 'x'.repeat(1_048_576) }])).toEqual([
    expect.stringContaining('an inline schema takes at most 1048576'),
  ])
  expect(problemsOf([{ ...SEARCH, name: 'x'.repeat(250) }])).toEqual([
    expect.stringContaining('259 characters; at most 256 are allowed'),
  ])
})

test('tools that are not even objects are refused by their place', ({ expect }) => {
  expect(problemsOf(['search', null])).toEqual([
    'tools/0: must be an object.',
    'tools/1: must be an object.',
  ])
})

function problemsOf(tools: readonly unknown[]): readonly string[] {
  const root = new RootConstruct('Test')
  checkTools(new Problems(root), 'target', tools as readonly ToolDefinition[])
  return root.node.validate()
}
