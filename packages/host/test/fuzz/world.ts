import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Hull, OAuthClient, UpHost } from '../support/up.ts'
import { forgeTokens, type ForgedTokens } from './forged-tokens.ts'
import type { HeaderList } from './http-text.ts'

/** Where a hull is and how it is spoken to properly. */
export interface HullWorld {
  readonly hull: Hull
  /** Path and query, as the ready line spells them. */
  readonly target: string
  /** The name `greet_user` has here. */
  readonly tool: string
  /** Everything a legacy request needs. */
  readonly headers: HeaderList
}

/** A running host, seen from outside: addresses, names and tokens. */
export interface World {
  readonly port: number
  /** The Host header that is right. */
  readonly authority: string
  readonly gatewayId: string
  readonly gateway: HullWorld
  readonly runtime: HullWorld
  readonly issuerPath: string
  readonly tokenPath: string
  readonly oauth: OAuthClient
  readonly token: string
  readonly forged: ForgedTokens
}

/** Looks around in a host that serves `greet_user` on both hulls behind its own issuer. */
export async function exploreWorld(host: UpHost): Promise<World> {
  const { oauth } = host.ready
  if (oauth === undefined) throw new Error('The host has no issuer')
  const { host: authority, port } = new URL(host.ready.url)
  const token = await host.token()
  const base: HeaderList = [
    ['Host', authority],
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json, text/event-stream'],
    ['Authorization', `Bearer ${token}`],
    ['MCP-Protocol-Version', '2025-11-25'],
  ]
  const hull = async (name: Hull): Promise<HullWorld> => {
    const url = new URL(host.urlOf(name))
    // One runtime session for everybody: a request without an id would start a process of its own.
    const session: HeaderList =
      name === 'runtime' ? [['Mcp-Session-Id', 'bad-input-session-000000000000000001']] : []
    return {
      hull: name,
      target: `${url.pathname}${url.search}`,
      tool: await findGreetUser(url, token),
      headers: [...base, ...session],
    }
  }
  return {
    port: Number(port),
    authority,
    gatewayId: host.ready.gateway?.gatewayId ?? '',
    gateway: await hull('gateway'),
    runtime: await hull('runtime'),
    issuerPath: new URL(oauth.issuer).pathname,
    tokenPath: new URL(oauth.tokenUrl).pathname,
    oauth,
    token,
    forged: await forgeTokens(oauth, token),
  }
}

async function findGreetUser(url: URL, token: string): Promise<string> {
  const client = new Client({ name: 'bad-input', version: '1.0.0' })
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
  const { tools } = await client.listTools()
  await client.close()
  const tool = tools.find(({ name }) => name.endsWith('greet_user'))
  if (tool === undefined) throw new Error(`${url.href} has no greet_user`)
  return tool.name
}
