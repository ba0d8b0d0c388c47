// The Runtime hull: an MCP server on plain HTTP, by default where AgentCore Runtime looks for it
// (developer guide, MCP protocol contract: 0.0.0.0:8000, POST /mcp).
import type { Server } from 'node:http'
import type { ToolServer } from './define-server.ts'
import { Connections } from './connections.ts'
import { answerExchange } from './http-exchange.ts'
import { formatLogLine, writeLogLine } from './log-line.ts'
import { createMcpServer } from './mcp-server.ts'

export interface ServeOptions {
  readonly host?: string
  /** 0 takes a free port. */
  readonly port?: number
  readonly path?: string
  readonly maxBodyBytes?: number
  /** Browser pages that may call, e.g. `https://app.example`; those on loopback always may. */
  readonly allowedOrigins?: readonly string[]
  /** Gets each line of the server's log; standard output unless given. */
  readonly writeLog?: (line: string) => void
}

export interface ServingServer extends AsyncDisposable {
  readonly port: number
  /**
   * Takes no new requests, gives those in flight `graceMs` to finish, then aborts their signals and
   * drops their connections. May be called again.
   */
  readonly close: (options?: { readonly graceMs?: number }) => Promise<void>
}

// By name an ES import of this module would read every export, and one of them loads Node's whole
// fetch: measured 25 ms and 13 MB in every process.
const http = process.getBuiltinModule('node:http')

/** Longer than the proxies in front keep theirs, so that no request meets a closing connection. */
const KEEP_ALIVE_MS = 75_000
const MAX_HEADER_BYTES = 32 * 1024

/** Serves the tools over MCP until `close`; resolves once the port answers. */
export async function serve(
  toolServer: ToolServer,
  options: ServeOptions = {},
): Promise<ServingServer> {
  const { host = '0.0.0.0', port = 8000, path = '/mcp', maxBodyBytes = 6 * 1024 * 1024 } = options
  const { allowedOrigins = [], writeLog = writeLogLine } = options
  const stopping = new AbortController()
  const endpoint = {
    mcp: createMcpServer(toolServer),
    path,
    maxBodyBytes,
    allowedOrigins: new Set(allowedOrigins),
    stopped: stopping.signal,
    writeLog,
  }
  const limits = { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES }
  const server = http.createServer(limits, (request, response) => {
    answerExchange(endpoint, request, response).catch((error: unknown) => {
      writeLog(formatLogLine('error', error))
      response.destroy()
    })
  })
  const connections = new Connections(server)
  await listen(server, port, host)

  let closed: Promise<void> | undefined
  const close: ServingServer['close'] = ({ graceMs = 5_000 } = {}) => {
    closed ??= closeServer(server, connections, stopping, graceMs)
    return closed
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close,
    [Symbol.asyncDispose]: () => close({ graceMs: 0 }),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closeServer(
  server: Server,
  connections: Connections,
  stopping: AbortController,
  graceMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const insist = setTimeout(() => {
      stopping.abort(new Error('The server is stopping.'))
      server.closeAllConnections()
    }, graceMs)
    server.close(() => {
      clearTimeout(insist)
      stopping.abort(new Error('The server has stopped.'))
      resolve()
    })
    connections.closeWhenIdle()
  })
}
