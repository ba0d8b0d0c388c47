import {
  Client,
  ClientCredentialsProvider,
  StreamableHTTPClientTransport,
  type VersionNegotiationOptions,
} from '@modelcontextprotocol/client'
import { findGreetUser, textOf, type Greet } from './greet.ts'

/** The current SDK, which has nothing but a client id and a secret and learns the rest from the 401. */
export function sdkV2(versionNegotiation: VersionNegotiationOptions): Greet {
  return async ({ url, oauth }) => {
    const authProvider = new ClientCredentialsProvider({
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      expectedIssuer: oauth.issuer,
    })
    const client = new Client({ name: 'sdk-v2', version: '1.0.0' }, { versionNegotiation })
    const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider })
    try {
      await client.connect(transport)
      const { tools } = await client.listTools()
      const name = findGreetUser(tools)
      const result = await client.callTool({ name, arguments: { name: 'Ada' } })
      const revision = client.getNegotiatedProtocolVersion() ?? ''
      await transport.terminateSession()
      return { tools: tools.map((tool) => tool.name), text: textOf(result), revision }
    } finally {
      await client.close()
    }
  }
}
