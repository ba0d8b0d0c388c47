import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

export interface Connection {
  send(request: string): Promise<RawAnswer>
  close(): void
}

/**
 * One kept-alive HTTP/1.1 connection with one request at a time, over a plain socket: the client shares
 * the machine with what it measures, so it must cost as little as it can.
 */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return rawConnection(socket)
}

function rawConnection(socket: Socket): Connection {
  let buffered = ''
  let settle: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    buffered += chunk
    const parsed = parseAnswer(buffered)
    if (parsed === undefined) return
    buffered = buffered.slice(parsed.length)
    settle?.resolve(parsed.answer)
    settle = undefined
  })
  const fail = (error?: Error) => {
    settle?.reject(error ?? new Error('the connection was closed'))
    settle = undefined
  }
  socket.on('error', fail)
  socket.on('close', () => fail())
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      }),
    close: () => void socket.destroy(),
  }
}

/** The bytes of a request, ready to be sent many times. */
export function formatRequest(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  method = 'POST',
): string {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

function parseAnswer(text: string): { answer: RawAnswer; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const status = Number(statusLine.slice(9, 12))
  const rest = end + 4
  if (headers.get('transfer-encoding') === 'chunked') {
    const chunks = parseChunks(text, rest)
    return chunks && { answer: { status, headers, body: chunks.body }, length: chunks.length }
  }
  const size = Number(headers.get('content-length') ?? 0)
  if (text.length < rest + size) return undefined
  return { answer: { status, headers, body: text.slice(rest, rest + size) }, length: rest + size }
}

function parseChunks(text: string, start: number): { body: string; length: number } | undefined {
  let at = start
  let body = ''
  for (;;) {
    const line = text.indexOf('\r\n', at)
    if (line === -1) return undefined
    const size = Number.parseInt(text.slice(at, line), 16)
    if (text.length < line + 2 + size + 2) return undefined
    if (size === 0) return { body, length: line + 4 }
    body += text.slice(line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}
