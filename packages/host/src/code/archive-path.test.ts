import { join, normalize } from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { readArchivePath } from './archive-path.ts'

const part = fc.constantFrom('..', '.', '', 'a', 'C:', '\\', '\0', '...', ' ', '~')

test('a path that is accepted stays inside, whatever it is made of', ({ expect }) => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((it) => it.join('/')),
      ),
      (name) => {
        try {
          const { path } = readArchivePath(name)
          expect(normalize(join('/home/x', path))).toMatch(/^\/home\/x(\/|$)/)
        } catch (error) {
          if (!(error instanceof HostError)) throw error
        }
      },
    ),
  )
})

test('a folder ends in a slash', ({ expect }) => {
  expect(readArchivePath('./a/b/')).toEqual({ path: 'a/b', isFolder: true })
  expect(readArchivePath('a/./b')).toEqual({ path: 'a/b', isFolder: false })
})
