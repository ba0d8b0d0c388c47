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
