// How the machine reaches the network when only a proxy gets out: the customary variables, as curl and
// Python's urllib read them. SOCKS proxies are not spoken here.
import { BlockList, isIP } from 'node:net'

/** The proxy to go through for a host and port; undefined where the way is direct. */
export type OutboundProxies = (
  scheme: 'http' | 'https',
  host: string,
  port: number,
) => URL | undefined

type Environment = Readonly<Record<string, string | undefined>>

/** Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in either case. */
export function readOutboundProxies(environment: Environment): OutboundProxies {
  const read = (name: string) => environment[name] || environment[name.toUpperCase()]
  const all = read('all_proxy')
  const proxies = {
    http: parseProxy(read('http_proxy') ?? all),
    https: parseProxy(read('https_proxy') ?? all),
  }
  const isBypassed = readBypass(read('no_proxy') ?? '')
  return (scheme, host, port) => (isBypassed(host, port) ? undefined : proxies[scheme])
}

/** Those without a scheme are `http`, as everybody takes them. */
function parseProxy(text: string | undefined): URL | undefined {
  if (text === undefined || text === '') return undefined
  return URL.parse(text.includes('://') ? text : `http://${text}`) ?? undefined
}

/** `no_proxy`: host names with everything below them, addresses, networks (`10.0.0.0/8`), or `*`. */
function readBypass(list: string): (host: string, port: number) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
  const networks = new BlockList()
  for (const entry of entries) addNetwork(networks, entry)
  const names = entries.map((entry) => entry.replace(/^\*?\./, ''))
  return (host, port) => {
    const name = host.toLowerCase().replace(/^\[|\]$/g, '')
    const version = isIP(name)
    if (version > 0 && networks.check(name, version === 6 ? 'ipv6' : 'ipv4')) return true
    return names.some((it) => it === '*' || matches(name, it) || matches(`${name}:${port}`, it))
  }
}

function matches(name: string, entry: string): boolean {
  return name === entry || name.endsWith(`.${entry}`)
}

function addNetwork(networks: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/')
  const version = isIP(address)
  const prefix = Number(bits)
  if (version === 0 || bits === undefined || !(prefix <= (version === 6 ? 128 : 32))) return
  networks.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4')
}
