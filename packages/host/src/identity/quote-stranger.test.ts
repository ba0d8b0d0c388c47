import fc from 'fast-check'
import { test } from 'vitest'
import { quoteStranger } from './quote-stranger.ts'

test('what is quoted is short, of one line, and without the secrets', ({ expect }) => {
  const secret = fc.stringMatching(/^[!-~]{6,40}$/)
  const text = fc.array(fc.oneof(fc.string({ unit: 'binary' }), secret)).map((all) => all.join(''))
  fc.assert(
    fc.property(text, fc.array(secret), (said, secrets) => {
      const spoken = `${said}${secrets.join(' and ')}${said}`
      const quoted = quoteStranger(spoken, secrets)
      expect(quoted.length).toBeLessThanOrEqual(301)
      expect(quoted).toMatch(/^[\x20-\x7E]*…?$/)
      // A mark of ours may happen to contain what a test calls a secret.
      const own = quoted.replaceAll('[redacted]', '\u0000')
      for (const each of secrets) expect(own).not.toContain(each)
    }),
  )
})

test('what is not a text says nothing', ({ expect }) => {
  for (const odd of [undefined, null, 1, {}, ['x']]) expect(quoteStranger(odd, [])).toBe('')
})
