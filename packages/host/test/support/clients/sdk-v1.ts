import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { findGreetUser, textOf, type Endpoint, type Greet } from './greet.ts'

/** The previous SDK with the OAuth provider it has for machines. */
export const sdkV1: Greet = ({ url, oauth }) =>
  greet(url, {
    authProvider: new ClientCredentialsProvider({
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      expectedIssuer: oauth.issuer,
    }),
  })

/** The previous SDK with a token somebody else fetched. */
export const sdkV1WithToken: Greet = ({ url, token }) =>
  greet(url, { requestInit: { headers: { Authorization: `Bearer ${token}` } } })

async function greet(url: Endpoint['url'], options: StreamableHTTPClientTransportOptions) {
  const client = new Client({ name: 'sdk-v1', version: '1.0.0' })
  const transport = new StreamableHTTPClientTransport(new URL(url), options)
  try {
    await client.connect(transport)
    const { tools } = await client.listTools()
    const name = findGreetUser(tools)
    const result = await client.callTool({ name, arguments: { name: 'Ada' } })
    await transport.terminateSession()
    const revision = transport.protocolVersion ?? ''
    return { tools: tools.map((tool) => tool.name), text: textOf(result), revision }
  } finally {
    await client.close()
  }
}
