import { isIP, isIPv4 } from 'node:net'
import { HostError } from '../../kernel/host-error.ts'

const MAX_BLOCKS = 256

/**
 * `Fn::Cidr`: the first `count` blocks of an address block, each leaving `hostBits` bits to hosts
 * (for IPv6 it is the caller's to say; IPv4 has 8 unless told).
 */
export function splitAddressBlock(
  block: string,
  count: number,
  hostBits: number | undefined,
): readonly string[] {
  const [address = '', prefixText = ''] = block.split('/')
  const version = isIP(address)
  const width = version === 6 ? 128 : 32
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : -1
  const bits = hostBits ?? (version === 4 ? 8 : -1)
  const isGood =
    version !== 0 && prefix >= 0 && prefix <= width && Number.isInteger(bits) && bits > 0
  if (!isGood || !Number.isInteger(count) || count < 1 || count > MAX_BLOCKS) {
    const message = `Template error: Fn::Cidr cannot make ${count} blocks of ${JSON.stringify(block)}`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  if (width - bits < prefix || BigInt(count) > 1n << BigInt(width - bits - prefix)) {
    const message = `Template error: Fn::Cidr: ${block} has no room for ${count} blocks of ${bits} bits`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  const mask = (1n << BigInt(width)) - (1n << BigInt(width - prefix))
  const first = readAddress(address) & mask
  return Array.from({ length: count }, (_, index) => {
    const start = first + (BigInt(index) << BigInt(bits))
    return `${formatAddress(start, version)}/${width - bits}`
  })
}

function readAddress(address: string): bigint {
  if (isIPv4(address)) return fromParts(address.split('.').map(Number), 8n)
  // The last 32 bits may be written as an IPv4 address.
  const [, start, dotted] = /^(.*:)([\d.]+\.[\d.]+)$/.exec(address) ?? []
  if (start !== undefined && dotted !== undefined) {
    return readAddress(`${start}0:0`) | readAddress(dotted)
  }
  const [head = '', tail] = address.split('::')
  const left = readGroups(head)
  const right = readGroups(tail ?? '')
  const zeros = tail === undefined ? [] : Array<number>(8 - left.length - right.length).fill(0)
  return fromParts([...left, ...zeros, ...right], 16n)
}

function readGroups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function fromParts(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n)
}

function formatAddress(address: bigint, version: number): string {
  if (version === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.')
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  )
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
