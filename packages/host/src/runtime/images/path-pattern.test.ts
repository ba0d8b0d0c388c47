import { expect, it } from 'vitest'
import { readIgnore } from './dockerignore.ts'
import { matchesPath } from './path-pattern.ts'

it.each([
  ['*.txt', 'a.txt', true],
  ['*.txt', 'a/b.txt', false],
  ['**/*.txt', 'a/b/c.txt', true],
  ['**/*.txt', 'c.txt', true],
  ['a/**/c', 'a/c', true],
  ['a/**', 'a/b/c', true],
  ['?a[b-d]', 'xac', true],
  ['?a[!b-d]', 'xac', false],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['requirements*.txt', 'requirements-dev.txt', true],
  ['./a/', 'a', true],
])('%s matches %s: %s', (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected)
})

it('takes no exponential time', () => {
  expect(matchesPath(`${'a*'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false)
  expect(matchesPath(`${'**/a/'.repeat(200)}b`, 'a/'.repeat(5_000))).toBe(false)
})

it('.dockerignore: as many rules as somebody writes', () => {
  expect(() => readIgnore('a\n'.repeat(1_001))).toThrow('may have 1000 rules')
  expect(() => readIgnore('a'.repeat(1_001))).toThrow('may have 1000 rules')
})

it('.dockerignore: a thousand rules and two thousand files take no time to speak of', () => {
  const isIgnored = readIgnore(
    Array.from({ length: 1_000 }, (_, at) => `dir${at}/*.txt`).join('\n'),
  )
  const files = Array.from({ length: 2_000 }, (_, at) => `src/modules/file-${at}.mjs`)
  expect(files.filter(isIgnored)).toEqual([])
})

it('.dockerignore: the last line that matches decides', () => {
  const isIgnored = readIgnore(
    '# comment\n\n*.md\n!keep.md\n/build\n**/__pycache__\nnode_modules\n.venv/\n',
  )
  const paths = [
    'a.md',
    'keep.md',
    'b/a.md',
    'build/x/y',
    'src/build',
    'a/__pycache__/x.pyc',
    'node_modules/x/y',
    '.venv/bin/python',
    'main.py',
  ]
  expect(paths.filter(isIgnored)).toEqual([
    'a.md',
    'build/x/y',
    'a/__pycache__/x.pyc',
    'node_modules/x/y',
    '.venv/bin/python',
  ])
})
