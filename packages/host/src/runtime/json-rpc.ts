// The little that a runtime reads of a JSON-RPC body: bodies are streamed, and what they say is
// between the client and the server.

interface ReadMessage {
  readonly id?: string | number
  readonly method?: string
  /** A JSON-RPC error answer. */
  readonly isError: boolean
}

/** The one message a body holds, or undefined when it is anything else. */
export function parseMessage(body: string): ReadMessage | undefined {
  const message = parseObject(body)
  if (message?.['jsonrpc'] !== '2.0') return undefined
  const { id, method, error } = message
  const hasCode = typeof error === 'object' && error !== null && 'code' in error
  return {
    ...((typeof id === 'string' || typeof id === 'number') && { id }),
    ...(typeof method === 'string' && { method }),
    isError: hasCode && typeof error.code === 'number',
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined // not JSON: the server is the one to say so
  }
}

/** Whether the body is the legacy handshake; the text is searched first, which is cheaper. */
export function isInitialize(body: Buffer): boolean {
  return body.includes('"initialize"') && parseMessage(body.toString())?.method === 'initialize'
}
