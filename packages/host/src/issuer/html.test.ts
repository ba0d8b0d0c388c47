import fc from 'fast-check'
import { test } from 'vitest'
import { html } from './html.ts'

test('a value cannot become markup, nor leave its attribute', ({ expect }) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('"', "'", '<b>', '&lt;')), (value) => {
      const { text } = html`<p title="${value}">${value}</p>`
      expect(text.match(/[<>"']/g)).toEqual(['<', '"', '"', '>', '<', '>'])
    }),
  )
})

test('markup is put together from markup, lists and nothing', ({ expect }) => {
  const items = ['a', '<'].map((item) => html`<li>${item}</li>`)
  expect(html`${items}${undefined}${html`<b></b>`}`.text).toBe('<li>a</li><li>&lt;</li><b></b>')
})
