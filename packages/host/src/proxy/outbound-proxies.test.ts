import fc from 'fast-check'
import { test } from 'vitest'
import { readOutboundProxies } from './outbound-proxies.ts'

test('without variables the way is direct', ({ expect }) => {
  expect(readOutboundProxies({})('https', 'example.com', 443)).toBeUndefined()
})

test('each scheme has its proxy; all_proxy stands in; lower case wins', ({ expect }) => {
  const proxies = readOutboundProxies({
    https_proxy: 'http://lower:1',
    HTTPS_PROXY: 'http://upper:2',
    ALL_PROXY: 'all:3',
  })
  expect(proxies('https', 'example.com', 443)?.host).toBe('lower:1')
  expect(proxies('http', 'example.com', 80)?.href).toBe('http://all:3/')
})

test.for<[string, string, boolean]>([
  ['example.com', 'example.com', true],
  ['example.com', 'a.example.com', true],
  ['.example.com', 'a.example.com', true],
  ['*.example.com', 'a.example.com', true],
  ['example.com', 'notexample.com', false],
  ['example.com:8443', 'example.com', false],
  ['example.com:443', 'example.com', true],
  ['*', 'anything', true],
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['fd00::/8', 'fd00::1', true],
  ['a, b  c', 'c', true],
  ['', 'example.com', false],
])('no_proxy %s for %s: direct is %s', ([list, host, isDirect], { expect }) => {
  const proxies = readOutboundProxies({ https_proxy: 'http://proxy:1', no_proxy: list })
  expect(proxies('https', host, 443) === undefined).toBe(isDirect)
})

test('no list makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (list, host) => {
      readOutboundProxies({ https_proxy: list, no_proxy: list })('https', host, 443)
    }),
  )
})
