import fc from 'fast-check'
import { test } from 'vitest'
import { classifyAddress, type AddressKind } from './address-guard.ts'

test.for<[string, AddressKind]>([
  ['93.184.216.34', 'public'],
  ['2606:4700::1111', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.0.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['169.254.169.254', 'forbidden'],
  ['169.254.170.2', 'forbidden'],
  ['::ffff:169.254.169.254', 'forbidden'],
  ['::ffff:a9fe:a9fe', 'forbidden'],
  ['64:ff9b::a9fe:a9fe', 'forbidden'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['::a9fe:a9fe', 'forbidden'],
  ['2002:a9fe:a9fe::', 'forbidden'],
  ['fe80::1', 'forbidden'],
  ['fe80::1%eth0', 'forbidden'],
  ['fd00:ec2::254', 'forbidden'],
  ['100.100.100.200', 'forbidden'],
  ['168.63.129.16', 'forbidden'],
  ['0.0.0.0', 'forbidden'],
  ['::', 'forbidden'],
  ['224.0.0.1', 'forbidden'],
  ['255.255.255.255', 'forbidden'],
  ['ff02::1', 'forbidden'],
  ['not an address', 'forbidden'],
])('%s is %s', ([address, kind], { expect }) => {
  expect(classifyAddress(address)).toBe(kind)
})

test('an IPv4 address is what it is in every IPv6 spelling of it', ({ expect }) => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const bytes = address.split('.').map(Number)
      const [a = 0, b = 0, c = 0, d = 0] = bytes
      const groups = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
      const kind = classifyAddress(address)
      expect(classifyAddress(`::ffff:${groups}`)).toBe(kind)
      expect(classifyAddress(`64:ff9b::${groups}`)).toBe(kind)
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void classifyAddress(text)))
})
