import { test } from 'vitest'
import type { AssemblyStack } from './read-assembly.ts'
import { selectStacks } from './select-stacks.ts'

/** A stack that is ordinary in every way the test does not mention. */
function stack(displayName: string, dependencies: readonly string[] = []): AssemblyStack {
  return {
    displayName,
    id: displayName,
    stackName: displayName.replaceAll('/', '-'),
    dir: '/',
    templateFile: '',
    parameters: {},
    tags: {},
    terminationProtection: false,
    metadata: { messages: [], sources: [] },
    accountId: undefined,
    region: undefined,
    assetManifests: [],
    dependencies,
  }
}

const stacks = [stack('Web', ['Api']), stack('Api', ['Data']), stack('Data'), stack('Prod/Web')]
const select = (patterns: readonly string[], more = {}) =>
  selectStacks(stacks, { patterns, all: false, exclusively: false, ...more }).map((it) => it.id)

test('what a stack depends on comes before it', ({ expect }) => {
  expect(select(['Web'])).toEqual(['Data', 'Api', 'Web'])
  expect(select([], { all: true })).toEqual(['Data', 'Api', 'Web', 'Prod/Web'])
})

test('exclusively leaves the others out, and keeps the order', ({ expect }) => {
  expect(select(['Web', 'Data'], { exclusively: true })).toEqual(['Data', 'Web'])
})

test('a stack is named by its construct, its own name or a pattern', ({ expect }) => {
  expect(select(['Prod-Web'])).toEqual(['Prod/Web'])
  expect(select(['Prod/*'])).toEqual(['Prod/Web'])
})

test('without a name there has to be one stack', ({ expect }) => {
  expect(() => select([])).toThrowErrorMatchingInlineSnapshot(`
    [HostError: The app has several stacks; name some, or use --all:
      Web
      Api
      Data
      Prod/Web]
  `)
  expect(() => select(['Wbe'])).toThrow('No stack is named Wbe')
})
