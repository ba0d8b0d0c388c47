import fc from 'fast-check'
import { test } from 'vitest'
import { formatPageToken, parsePageToken } from './page-token.ts'
import { paginate } from './paginate.ts'

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 })
const page = (all: readonly string[], limit: number, nextToken?: string) =>
  paginate(all, { maxResults: undefined, nextToken, limit, keyOf: (name) => name })

test('the pages of a list hold each of its items once', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 20 }), (all, limit) => {
      const seen: string[] = []
      for (let next: string | undefined, more = true; more; more = next !== undefined) {
        const { items, nextToken } = page(all, limit, next)
        if (items.length > limit) return false
        seen.push(...items)
        next = nextToken
      }
      return seen.length === all.length && new Set(seen).size === all.length
    }),
  )
})

test('what is created or deleted between two pages hides and repeats nothing else', () => {
  fc.assert(
    fc.property(names, names, fc.nat(59), (all, others, gone) => {
      const first = page(all, 5)
      const changed = [...new Set([...all.filter((_, index) => index !== gone), ...others])]
      const rest = first.nextToken === undefined ? [] : page(changed, 1_000, first.nextToken).items
      const kept = all.filter((name) => changed.includes(name))
      return (
        first.nextToken === undefined ||
        (kept.every((name) => first.items.includes(name) || rest.includes(name)) &&
          rest.every((name) => !first.items.includes(name)))
      )
    }),
  )
})

test('a caller may ask for less than a page, and not for more', ({ expect }) => {
  const all = ['a', 'b', 'c', 'd']
  const keyOf = (name: string) => name
  expect(paginate(all, { maxResults: 1, nextToken: undefined, limit: 2, keyOf })).toEqual({
    items: ['a'],
    nextToken: 'a',
  })
  expect(paginate(all, { maxResults: 9, nextToken: 'b', limit: 2, keyOf })).toEqual({
    items: ['c', 'd'],
    nextToken: undefined,
  })
})

test('a token is read by the list that gave it, and by no other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (key, list, other) => {
      const token = formatPageToken(key, list)
      const isOpaque = /^[\w-]*$/.test(token)
      const isForeign = other === list || parsePageToken(token, other) === undefined
      return isOpaque && parsePageToken(token, list) === key && isForeign
    }),
  )
})

test('no text is taken for a token', () => {
  fc.assert(fc.property(fc.string(), (text) => parsePageToken(text, 'list') === undefined))
})
