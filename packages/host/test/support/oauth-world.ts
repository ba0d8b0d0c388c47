// The issuer and one protected MCP server on a port of their own, put together as the host does it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node'
import { McpServer } from '@modelcontextprotocol/server'
import { sendAnswer } from '../../src/http/exchange.ts'
import { findIssuerPath } from '../../src/issuer/issuer-path.ts'
import { openUserPools, type UserPoolsOptions } from '../../src/issuer/user-pools.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { loadSealer } from '../../src/kernel/seal.ts'
import type { Caller } from '../../src/oauth/caller.ts'
import { formatChallenge } from '../../src/oauth/challenge.ts'
import type { CustomJwtAuthorizer } from '../../src/oauth/custom-jwt-authorizer.ts'
import { createGuardedFetch, createJsonReader } from '../../src/http/guarded-fetch.ts'
import { createJwtAuthorizer } from '../../src/oauth/jwt-authorizer.ts'
import { OAuthRefusal } from '../../src/oauth/oauth-refusal.ts'
import { describeProtectedResource } from '../../src/oauth/protected-resource.ts'
import { openStore, type Store } from '../../src/store/store.ts'

const POOL = 'us-east-1_AbCdEfGhI'
const METADATA = '/.well-known/oauth-protected-resource/mcp'
export const SCOPES = ['tools/read', 'tools/write']

export interface OAuthWorldOptions {
  readonly store?: Store
  readonly port?: number
  readonly rules?: Omit<CustomJwtAuthorizer, 'discoveryUrl'>
  readonly pools?: Pick<UserPoolsOptions, 'strictCognito' | 'developerSignIn'>
}

/** Starts the world. Its MCP server has one tool, which says who called it. */
export async function startOAuthWorld(options: OAuthWorldOptions = {}) {
  const { store = openStore(':memory:'), port = 0, rules = { allowedScopes: SCOPES } } = options
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sealer = await loadSealer({ key: Buffer.alloc(32, 7).toString('base64') })
  const userPools = await openUserPools({
    store,
    sealer,
    baseUrl: () => url,
    log: silentLog,
    nextKeyDelayMs: 0,
    ...options.pools,
  })
  const issuer = await userPools.ensureOwn(DEFAULT_SCOPE, { poolId: POOL, name: 'test' })
  const issuerUrl = issuer.issuerUrl()
  const discoveryUrl = `${issuerUrl}/.well-known/openid-configuration`
  const authorizer = createJwtAuthorizer(
    { discoveryUrl, ...rules },
    { log: silentLog, readJson: createJsonReader(createGuardedFetch({ allowLocal: true })) },
  )
  const asked: string[] = []

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request
    const { pathname: path, search } = new URL(request.url ?? '', url)
    asked.push(`${method} ${path.replace(`/issuer/${POOL}`, '{issuer}')}`)
    const found = findIssuerPath(path)
    if (found !== undefined) {
      const { remoteAddress } = request.socket
      const body = await text(request)
      const inbound = { method, path: found.path, query: search.slice(1), headers, body }
      return sendAnswer(
        response,
        await userPools.serve(found.poolId, { ...inbound, remoteAddress }),
      )
    }
    if (path === METADATA) return void response.end(JSON.stringify(describeResource()))
    if (path === '/mcp') return serveMcp(request, response)
    return void response.writeHead(404).end()
  }

  const describeResource = () =>
    describeProtectedResource({
      resource: `${url}/mcp`,
      authorizationServers: authorizer.authorizationServers(),
      scopes: authorizer.scopes,
    })

  async function serveMcp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const caller = await authorizer.authorize(request.headers.authorization)
      const transport = new NodeStreamableHTTPServerTransport()
      await describeTools(caller).connect(transport)
      await transport.handleRequest(request, response)
    } catch (refusal) {
      if (!(refusal instanceof OAuthRefusal)) throw refusal
      const resourceMetadataUrl = `${url}${METADATA}`
      const challenge = formatChallenge({ refusal, resourceMetadataUrl, scopes: authorizer.scopes })
      response.writeHead(refusal.status, { 'www-authenticate': challenge }).end()
    }
  }

  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await userPools[Symbol.asyncDispose]()
  }
  const mcpUrl = `${url}/mcp`
  const tokenUrl = `${issuerUrl}/oauth2/token`
  return {
    url,
    mcpUrl,
    userPools,
    issuer,
    issuerUrl,
    discoveryUrl,
    tokenUrl,
    authorizer,
    /** Every request so far, oldest first. */
    asked,
    [Symbol.asyncDispose]: close,
  }
}

function describeTools({ subject }: Caller): McpServer {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' })
  server.registerTool('whoami', { description: 'Says who calls' }, () => ({
    content: [{ type: 'text', text: subject }],
  }))
  return server
}

/** A resource server with the scopes, and a client that may have them. */
export async function createTestClient(
  { issuer: { resourceServers, clients } }: Awaited<ReturnType<typeof startOAuthWorld>>,
  scopes: readonly string[] = SCOPES,
) {
  if (resourceServers.find('tools') === undefined) {
    await resourceServers.create({
      identifier: 'tools',
      scopes: ['read', 'write', 'other'].map((scopeName) => ({ scopeName, scopeDescription: '' })),
    })
  }
  const client = await clients.create(
    {
      clientName: 'test',
      scopes,
      allowedOAuthFlows: ['client_credentials'],
      allowsOAuth: true,
    },
    { secret: 'generate' },
  )
  return { ...client, clientSecret: clients.openSecrets(client)[0]?.value ?? '' }
}
