import fc from 'fast-check'
import { test } from 'vitest'
import { refuseForeignNames } from './host-check.ts'

const allowed = { hosts: new Set(['tools.example']), origins: new Set(['https://app.example']) }

test('loopback and configured names pass, with and without a port', ({ expect }) => {
  for (const host of [
    'localhost:4420',
    '127.0.0.1',
    '[::1]:4420',
    'x-abcde01234.gateway.localhost:4420',
    'Tools.Example:443',
  ]) {
    expect(refuseForeignNames({ host }, allowed)).toBeUndefined()
  }
  for (const origin of ['http://localhost:6274', 'https://app.example', 'http://[::1]:1']) {
    expect(refuseForeignNames({ host: 'localhost', origin }, allowed)).toBeUndefined()
  }
})

test('a page that an allowed name serves may call back under that name', ({ expect }) => {
  const own = { host: 'Tools.example:8443', origin: 'https://tools.example:8443' }
  expect(refuseForeignNames(own, allowed)).toBeUndefined()
  const other = { ...own, origin: 'https://tools.example' }
  expect(refuseForeignNames(other, allowed)).toContain('Origin')
})

test('a foreign Host or Origin is refused, by name', ({ expect }) => {
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4420']) {
    expect(refuseForeignNames({ host }, allowed)).toContain(host)
  }
  for (const origin of [
    'http://evil.example',
    'null',
    'http://localhost.evil.example',
    'file://',
  ]) {
    expect(refuseForeignNames({ host: 'localhost', origin }, allowed)).toContain(origin)
  }
  expect(refuseForeignNames({}, allowed)).toContain('Host')
})

test('no header text makes the check throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (host, origin) => {
      refuseForeignNames({ host, origin }, allowed)
    }),
  )
})
