// A server that speaks the part of OpenAI's Responses API this example uses: the key, the streamed
// events of a web search, the error bodies. It answers what the test scripts, and keeps the requests.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export const STAND_IN_KEY = 'sk-stand-in'

/** What the next requests are answered with. */
export type Script =
  | { readonly kind: 'answer'; readonly text: string }
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly message: string
      readonly headers?: Record<string, string>
    }
  | {
      readonly kind: 'events'
      readonly events: readonly object[]
      readonly ending: 'end' | 'break' | 'hang'
    }
  | { readonly kind: 'raw'; readonly contentType: string; readonly body: string }

export interface OpenAiStandIn extends AsyncDisposable {
  readonly baseUrl: string
  /** The bodies received, oldest first. */
  readonly requests: readonly unknown[]
  /** Settles when a client goes away before its answer is complete. */
  readonly abandoned: Promise<void>
  stop(): Promise<void>
}

/** Starts the stand-in on a free port of this machine. */
export async function startOpenAiStandIn(script: Script): Promise<OpenAiStandIn> {
  const requests: unknown[] = []
  const abandoned = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    response.once('close', () => response.writableFinished || abandoned.resolve())
    void answer(request, response, script, requests)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    abandoned: abandoned.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  script: Script,
  requests: unknown[],
): Promise<void> {
  const body = JSON.parse(await text(request)) as { readonly stream?: boolean }
  requests.push(body)
  if (request.method !== 'POST' || request.url !== '/v1/responses') {
    refuse(response, 404, `Invalid URL (${request.method} ${request.url})`)
    return
  }
  const { authorization } = request.headers
  if (authorization !== `Bearer ${STAND_IN_KEY}`) {
    refuse(response, 401, `Incorrect API key provided: ${authorization?.slice(7)}.`)
    return
  }
  switch (script.kind) {
    case 'answer':
      if (body.stream === true) sendEvents(response, searchEvents(script.text), 'end')
      else sendWhole(response, searchEvents(script.text))
      break
    case 'refuse':
      refuse(response, script.status, script.message, script.headers)
      break
    case 'events':
      sendEvents(response, script.events, script.ending)
      break
    case 'raw':
      response.writeHead(200, { 'content-type': script.contentType }).end(script.body)
  }
}

function refuse(response: ServerResponse, status: number, message: string, headers = {}): void {
  const body = { error: { message, type: 'error', param: null, code: null } }
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

function sendEvents(
  response: ServerResponse,
  events: readonly object[],
  ending: 'end' | 'break' | 'hang',
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const texts = events.map((event, sequence_number) => {
    const type = 'type' in event ? `event: ${String(event.type)}\n` : ''
    return `${type}data: ${JSON.stringify({ ...event, sequence_number })}\n\n`
  })
  // In one write, so that a broken connection breaks after these events and not before.
  response.write(texts.join(''), () => {
    if (ending === 'end') response.end()
    if (ending === 'break') response.socket?.destroy()
  })
}

/** Without `stream` the API answers once, with what its last event carries. */
function sendWhole(response: ServerResponse, events: readonly object[]): void {
  const last = events.at(-1) as { readonly response: object }
  const whole = { object: 'response', created_at: 0, model: 'gpt-5', ...last.response }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole))
}

/** The events of one search and one answer, in the order the API sends them. */
export function searchEvents(answer: string): object[] {
  const search = { id: 'ws_1', type: 'web_search_call', status: 'completed' }
  const message = {
    id: 'msg_1',
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text: answer, annotations: [] }],
  }
  const searched = { ...search, action: { type: 'search', query: 'catamaran' } }
  const deltas = answer.match(/[^]{1,7}/gu) ?? []
  return [
    { type: 'response.created', response: { id: 'resp_1', status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', output_index: 0, item: search },
    { type: 'response.web_search_call.searching', output_index: 0, item_id: 'ws_1' },
    { type: 'response.output_item.done', output_index: 0, item: searched },
    ...deltas.map((delta) => ({
      type: 'response.output_text.delta',
      item_id: 'msg_1',
      output_index: 1,
      content_index: 0,
      delta,
    })),
    { type: 'response.output_text.done', item_id: 'msg_1', output_index: 1, text: answer },
    {
      type: 'response.completed',
      response: { id: 'resp_1', status: 'completed', output: [searched, message], error: null },
    },
  ]
}
