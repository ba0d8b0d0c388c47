// Handlers made with `awslambda.streamifyResponse` ("Writing response streaming-enabled Lambda
// functions", Lambda developer guide). Whoever invokes a function here waits for the whole of it, so
// what such a handler writes is gathered, as Invoke without streaming does on Lambda.
import type { Writable } from 'node:stream'
import type { InvocationContext } from './node-function-context.ts'
import type { Handler } from './node-function-handler.ts'

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')
const HTTP_RESPONSE = 'application/vnd.awslambda.http-integration-response'

interface ResponseStream extends Writable {
  setContentType(type: string): void
}

type StreamingHandler = (
  event: unknown,
  stream: ResponseStream,
  context: InvocationContext,
) => unknown

/** Defines the global that streaming handlers are made with. */
export function defineStreaming(): void {
  const awslambda = {
    streamifyResponse(handler: StreamingHandler & { [STREAMING]?: string }): StreamingHandler {
      handler[STREAMING] = 'response'
      return handler
    },
    HttpResponseStream: {
      from(stream: ResponseStream, prelude: unknown): ResponseStream {
        stream.setContentType(HTTP_RESPONSE)
        stream.write(JSON.stringify(prelude))
        stream.write(new Uint8Array(8)) // eight NUL bytes end the prelude
        return stream
      },
    },
  }
  Object.assign(globalThis, { awslambda })
}

/** Whether the handler writes its response to a stream instead of returning it. */
export function isStreaming(handler: Handler): boolean {
  return STREAMING in handler
}

/** A handler that returns, as one text, what the streaming handler wrote until it ended its stream. */
export function gatherStream(handler: Handler): Handler {
  const { PassThrough } = process.getBuiltinModule('node:stream')
  const { text } = process.getBuiltinModule('node:stream/consumers')
  return async (event, context) => {
    const stream = Object.assign(new PassThrough(), { setContentType() {} })
    const written = text(stream)
    const run = async () => (handler as unknown as StreamingHandler)(event, stream, context)
    const [response] = await Promise.all([written, run()])
    return response
  }
}
