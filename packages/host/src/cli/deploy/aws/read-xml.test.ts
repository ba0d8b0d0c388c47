import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../../../kernel/host-error.ts'
import { childOf, membersOf, readXml, textOf } from './read-xml.ts'

test('an answer of the query protocol is read by names', ({ expect }) => {
  const root = readXml(
    '<?xml version="1.0"?>\n<R xmlns="http://x/"><S><member><A>1 &lt; 2</A><B/></member><member/></S></R>',
  )
  expect(membersOf(root, 'S')).toHaveLength(2)
  expect(textOf(membersOf(root, 'S')[0], 'A')).toBe('1 < 2')
  expect(textOf(membersOf(root, 'S')[0], 'B')).toBe('')
  expect(childOf(root, 'T')).toBeUndefined()
  expect(membersOf(root, 'T')).toEqual([])
})

test('text of any characters comes back as it was', ({ expect }) => {
  const escape = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&#x3E;')
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(textOf(readXml(`<R><T>${escape(text)}</T></R>`), 'T')).toBe(text)
    }),
  )
})

test('whatever comes, it is read or refused', ({ expect }) => {
  const piece = fc.constantFrom('<', '>', '/', 'a', '<a>', '</a>', '<b/>', '&', ';', '<!--', '-->')
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      try {
        readXml(pieces.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(HostError)
      }
    }),
  )
})
