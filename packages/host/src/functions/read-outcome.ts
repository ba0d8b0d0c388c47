import type { IncomingMessage } from 'node:http'
import { singleHeader } from '../http/exchange.ts'
import { MAX_PAYLOAD_BYTES } from './compat.ts'
import type { FunctionError, InvocationOutcome } from './outcome.ts'

/** Whether the runtime answers in a way the Runtime API knows: at once, or streaming. */
export function isKnownResponseMode({ headers }: IncomingMessage): boolean {
  const mode = headers['lambda-runtime-function-response-mode']
  return mode === undefined || mode === 'streaming'
}

/** What a runtime posted to `…/response`. A stream that ends in an error says so in its trailers. */
export async function readOutcome(request: IncomingMessage): Promise<InvocationOutcome> {
  const { bytes, text } = await readText(request)
  if (bytes > MAX_PAYLOAD_BYTES) return { kind: 'too-large', bytes }
  const type = request.trailers['lambda-runtime-function-error-type']
  if (type === undefined) return { kind: 'returned', payload: text }
  const body = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64')
  return { kind: 'threw', ...parseFunctionError(body.toString(), type) }
}

/** What a runtime posted to `…/error`. */
export async function readFunctionError(request: IncomingMessage): Promise<FunctionError> {
  const type = singleHeader(request.headers['lambda-runtime-function-error-type'])
  return parseFunctionError((await readText(request)).text, type)
}

/** Reads to the end in any case, so that the answer reaches a client that sends before it reads. */
async function readText(request: IncomingMessage): Promise<{ bytes: number; text: string }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= MAX_PAYLOAD_BYTES) chunks.push(chunk)
  }
  return { bytes, text: Buffer.concat(chunks).toString() }
}

/** Bodies are written by anybody's runtime: what is missing has a name of its own. */
function parseFunctionError(text: string, header = 'Runtime.Unknown'): FunctionError {
  const body = parseObject(text)
  const trace = body['stackTrace'] ?? body['trace']
  return {
    errorType: textOr(body['errorType'], header),
    errorMessage: textOr(body['errorMessage'], ''),
    ...(Array.isArray(trace) && { stackTrace: trace.filter((it) => typeof it === 'string') }),
  }
}

function textOr(value: unknown, missing: string): string {
  return typeof value === 'string' ? value : missing
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {} // not JSON: the header has the type
  }
}
