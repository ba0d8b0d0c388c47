// Amazon Bedrock's ConverseStream, as far as an agent needs it to use a tool once: models are not hosted
// here, and the agent's MCP part cannot be seen without one. It asks for the last tool it was offered,
// with the question as every argument, and then repeats what the tool said.
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

export interface ModelStandIn extends AsyncDisposable {
  readonly url: string
}

const ToolResult = z.object({
  toolResult: z.object({ content: z.array(z.object({ text: z.string() })) }),
})
const Text = z.object({ text: z.string() })

const Conversation = z.object({
  messages: z.array(z.object({ content: z.array(z.unknown()) })),
  toolConfig: z.object({
    tools: z.array(
      z.object({
        toolSpec: z.object({
          name: z.string(),
          inputSchema: z.object({
            json: z.object({ properties: z.record(z.string(), z.unknown()) }),
          }),
        }),
      }),
    ),
  }),
})
type Conversation = z.output<typeof Conversation>

export async function startModelStandIn(): Promise<ModelStandIn> {
  const server = createServer((request, response) => {
    void readConversation(request).then((conversation) => {
      response.setHeader('content-type', 'application/vnd.amazon.eventstream')
      response.end(Buffer.concat(answer(conversation).map(encodeEvent)))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readConversation(request: IncomingMessage): Promise<Conversation> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return Conversation.parse(JSON.parse(body))
}

type Event = readonly [type: string, payload: object]

function answer({ messages, toolConfig }: Conversation): readonly Event[] {
  const said = messages.flatMap(({ content }) => content)
  const result = said.map((block) => ToolResult.safeParse(block).data).find((it) => it)
  if (result !== undefined) {
    const text = result.toolResult.content.map((it) => it.text).join('')
    return reply('end_turn', undefined, { text: `The tool said: ${text}` })
  }
  const question = said.map((block) => Text.safeParse(block).data?.text).find((it) => it) ?? ''
  const tool = toolConfig.tools.at(-1)?.toolSpec
  const input = Object.keys(tool?.inputSchema.json.properties ?? {}).map((it) => [it, question])
  return reply(
    'tool_use',
    { toolUse: { toolUseId: 'tooluse_1', name: tool?.name } },
    { toolUse: { input: JSON.stringify(Object.fromEntries(input)) } },
  )
}

function reply(stopReason: string, start: object | undefined, delta: object): readonly Event[] {
  const block = { contentBlockIndex: 0 }
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
  return [
    ['messageStart', { role: 'assistant' }],
    ...(start === undefined ? [] : [['contentBlockStart', { ...block, start }] as const]),
    ['contentBlockDelta', { ...block, delta }],
    ['contentBlockStop', block],
    ['messageStop', { stopReason }],
    ['metadata', { usage, metrics: { latencyMs: 1 } }],
  ]
}

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text),
)

function encodeEvent([type, payload]: Event): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value })
  return codec.encode({
    headers: {
      ':message-type': text('event'),
      ':event-type': text(type),
      ':content-type': text('application/json'),
    },
    body: Buffer.from(JSON.stringify(payload)),
  })
}
