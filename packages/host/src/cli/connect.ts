import { Client, SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { errorMessage, HostError, type HostErrorCode } from '../kernel/host-error.ts'
import { fetchToken } from './access-token.ts'
import { findHost, getHost } from './host-record.ts'
import type { CallFlags } from './flags.ts'

export interface Connection extends AsyncDisposable {
  readonly client: Client
  readonly url: string
}

/** Connects the official MCP client to the endpoint that the flags name. */
export async function connect(flags: CallFlags): Promise<Connection> {
  const { url, token } = await findEndpoint(flags)
  const transport = new StreamableHTTPClientTransport(
    new URL(url),
    token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } },
  )
  const client = new Client({ name: 'catamaran', version: '0.1.0' })
  try {
    await client.connect(transport)
  } catch (error) {
    throw describeConnectError(error, url)
  }
  return {
    client,
    url,
    async [Symbol.asyncDispose]() {
      await transport.terminateSession().catch(() => {}) // a stateless server has nothing to end
      await client.close()
    },
  }
}

async function findEndpoint(flags: CallFlags): Promise<{ url: string; token?: string }> {
  const isEndpoint =
    flags.url !== undefined && URL.canParse(flags.url) && new URL(flags.url).pathname !== '/'
  const host = isEndpoint ? await findHost(flags.url) : await getHost(flags.url)
  const token = flags.token ?? (host?.oauth && (await fetchToken(host.oauth)).access_token)
  const url = isEndpoint ? flags.url : hullUrl(host, flags.via)
  if (url === undefined) {
    throw new HostError('ERR_NOT_FOUND', `The app at ${host?.url} has no ${flags.via}`)
  }
  return token === undefined ? { url } : { url, token }
}

function hullUrl(host: Awaited<ReturnType<typeof findHost>>, via: CallFlags['via']) {
  return (via === 'gateway' ? host?.gateways : host?.runtimes)?.[0]?.url
}

const REFUSALS: Readonly<Record<number, { code: HostErrorCode; said: string }>> = {
  401: { code: 'ERR_UNAUTHENTICATED', said: 'refused the token' },
  403: { code: 'ERR_FORBIDDEN', said: 'does not let this caller in' },
  404: { code: 'ERR_NOT_FOUND', said: 'serves no MCP' },
}

function describeConnectError(error: unknown, url: string): HostError {
  const status = error instanceof SdkHttpError ? error.status : undefined
  const refusal = status === undefined ? undefined : REFUSALS[status]
  if (refusal !== undefined) {
    const message = `${url} ${refusal.said}: ${errorMessage(error)}`
    return new HostError(refusal.code, message, { cause: error })
  }
  return new HostError('ERR_TARGET_FAILED', `Cannot connect to ${url}: ${describeCause(error)}`, {
    cause: error,
  })
}

/** `fetch failed` alone helps nobody; its cause says what happened. */
function describeCause(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && cause.message !== '' ? cause.message : errorMessage(error)
}
