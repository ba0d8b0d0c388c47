import type { Shot } from './request-kind.ts'

export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface RequestText {
  readonly method?: string
  /** Sent as it is: nothing is encoded. */
  readonly target: string
  readonly version?: string
  readonly headers: HeaderList
  readonly body?: string | Buffer
  /** Send the body in chunks of this many bytes instead of with a length. */
  readonly chunkBytes?: number
}

/** The bytes of a request, right or wrong as the caller says; only framing headers are added. */
export function httpRequest(request: RequestText): Buffer {
  const { method = 'POST', target, version = '1.1', headers, body, chunkBytes } = request
  const lines = [`${method} ${target} HTTP/${version}`]
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (body === undefined) return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  const content = Buffer.from(body)
  lines.push(
    chunkBytes === undefined ? `Content-Length: ${content.length}` : 'Transfer-Encoding: chunked',
  )
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return Buffer.concat([head, chunkBytes === undefined ? content : chunked(content, chunkBytes)])
}

function chunked(content: Buffer, chunkBytes: number): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < content.length; at += chunkBytes) {
    const chunk = content.subarray(at, at + chunkBytes)
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

/** A shot of one request. */
export function shot(request: RequestText, rest: Omit<Shot, 'bytes'> = {}): Shot {
  return { bytes: httpRequest(request), ...rest }
}

/** The headers with some replaced (by name, whatever the case) or, when undefined, left out. */
export function withHeaders(
  headers: HeaderList,
  changes: Readonly<Record<string, string | undefined>>,
): HeaderList {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  const added = Object.entries(changes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return [...headers.filter(([name]) => !changed.has(name.toLowerCase())), ...added]
}
