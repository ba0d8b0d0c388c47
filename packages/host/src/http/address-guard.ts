// Which addresses the host connects to when somebody else chose the name (server-side request
// forgery). What is decided on is the address of the connection, not the name: a name may resolve to
// one address when it is checked and to another when it is used.
import type { LookupFunction } from 'node:net'

export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden'

const { BlockList, isIPv4, isIPv6 } = process.getBuiltinModule('node:net')

/** Never: link-local (RFC 3927, RFC 4291), where clouds serve credentials to whoever asks; groups. */
const FORBIDDEN = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '100.100.100.200/32', // metadata of Alibaba Cloud
  '168.63.129.16/32', // wire server of Azure
  '192.0.0.0/24', // protocol assignments (RFC 6890), metadata of Oracle Cloud
  '::/128',
  'fe80::/10',
  'fec0::/10',
  'fd00:ec2::/32', // metadata of Amazon EC2
  'ff00::/8',
])
const LOOPBACK = blockList(['127.0.0.0/8', '::1/128'])
const PRIVATE = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
])
/** IPv6 addresses with an IPv4 address at their end: NAT64 (RFC 6052), IPv4-compatible (RFC 4291). */
const EMBEDDING = blockList(['64:ff9b::/96', '::/96'])
/** Tunnels: their IPv4 address is somewhere inside, and nobody publishes a service there. */
const TUNNELS = blockList(['2002::/16', '2001::/32', '64:ff9b:1::/48'])

/** What an address is; a text that is not an address is `forbidden`. */
export function classifyAddress(address: string): AddressKind {
  const text = address.replace(/%.*$/, '')
  if (isIPv4(text)) return classify(text, 'ipv4')
  if (!isIPv6(text)) return 'forbidden'
  // A block list matches `::ffff:a.b.c.d` against its IPv4 rules by itself.
  const kind = classify(text, 'ipv6')
  if (kind !== 'public') return kind
  if (TUNNELS.check(text, 'ipv6')) return 'forbidden'
  return EMBEDDING.check(text, 'ipv6') ? classify(lastFourBytes(text), 'ipv4') : kind
}

/**
 * A `lookup` for sockets that gives out only addresses for which `refuse` has no reason. Sockets do
 * not look up what is an address already: check that with `refuse` itself.
 */
export function guardedLookup(refuse: (address: string) => string | undefined): LookupFunction {
  const { lookup } = process.getBuiltinModule('node:dns')
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const reason = addresses.map(({ address }) => refuse(address)).find((why) => why)
      const [first] = addresses
      if (reason !== undefined || !first) return callback(new Error(reason ?? 'no address'), '')
      if (options.all === true) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

/** Why the host does not connect to an address that a caller chose. */
export function refuseAddress(
  address: string,
  { isPlain, allowLocal }: { readonly isPlain: boolean; readonly allowLocal: boolean },
): string | undefined {
  switch (classifyAddress(address)) {
    case 'forbidden':
      return 'the host does not connect to that address'
    case 'loopback':
      return allowLocal ? undefined : 'the host does not connect to its own machine'
    case 'private':
      // A company's own servers are there, so TLS is enough to go.
      return allowLocal || !isPlain ? undefined : 'the address is not an https URL'
    case 'public':
      return isPlain ? 'the address is not an https URL' : undefined
  }
}

/** The address in a URL that names no host; undefined for a name. */
export function literalAddress({ hostname }: URL): string | undefined {
  const text = hostname.replace(/^\[|\]$/g, '')
  return process.getBuiltinModule('node:net').isIP(text) === 0 ? undefined : text
}

function classify(address: string, family: 'ipv4' | 'ipv6'): AddressKind {
  if (LOOPBACK.check(address, family)) return 'loopback'
  if (FORBIDDEN.check(address, family)) return 'forbidden'
  return PRIVATE.check(address, family) ? 'private' : 'public'
}

/** A URL writes such an address in hexadecimal groups, so that the last two are the four bytes. */
function lastFourBytes(address: string): string {
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [high = '0', low = '0'] = normal.split(':').slice(-2)
  const bits = Number.parseInt(high || '0', 16) * 0x1_00_00 + Number.parseInt(low || '0', 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.')
}

function blockList(subnets: readonly string[]) {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/')
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
