import { test } from 'vitest'
import { searchTheWeb, type WebSearch } from '../search-the-web.ts'
import { searchEvents, STAND_IN_KEY, startOpenAiStandIn, type Script } from './openai-stand-in.ts'

const ANSWER = 'カタマランは双胴船です。'.repeat(40)

function search(baseUrl: string, rest: Partial<WebSearch> = {}): Promise<string> {
  return searchTheWeb({
    question: 'カタマランとは何ですか。',
    apiKey: STAND_IN_KEY,
    baseUrl,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...rest,
  })
}

/** The sentence a search fails with when OpenAI behaves like this. */
async function complaint(script: Script, rest: Partial<WebSearch> = {}): Promise<string> {
  await using openAi = await startOpenAiStandIn(script)
  return await search(openAi.baseUrl, rest).then(
    (text) => `answered: ${text}`,
    (error: unknown) => String(error),
  )
}

test('asks GPT-5 with the web search tool, for an answer in Japanese', async ({ expect }) => {
  await using openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
  expect(await search(openAi.baseUrl)).toBe(ANSWER)
  expect(openAi.requests).toEqual([
    {
      model: 'gpt-5',
      tools: [{ type: 'web_search' }],
      instructions:
        '\n- You must answer the question using web_search tool.\n- You must respond in japanese.\n',
      input: 'カタマランとは何ですか。',
      stream: true,
    },
  ])
})

test('tells what it is doing while it does it', async ({ expect }) => {
  await using openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
  const steps: string[] = []
  await search(openAi.baseUrl, { onProgress: (message) => steps.push(message) })
  expect(steps).toEqual([
    'Searching the web',
    'Searched for: catamaran',
    'Writing the answer',
    '203 characters written',
    '406 characters written',
  ])
})

test('a base URL may end with a slash', async ({ expect }) => {
  await using openAi = await startOpenAiStandIn({ kind: 'answer', text: 'はい' })
  expect(await search(`${openAi.baseUrl}/`)).toBe('はい')
})

test('a missing key is named before anything is sent', async ({ expect }) => {
  await using openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
  await expect(search(openAi.baseUrl, { apiKey: '' })).rejects.toThrow('OPENAI_API_KEY is not set')
  expect(openAi.requests).toEqual([])
})

test('a refused key is never repeated', async ({ expect }) => {
  const said = await complaint({ kind: 'answer', text: ANSWER }, { apiKey: 'sk-wrong' })
  expect(said).toBe('WebSearchError: OpenAI refused the API key (401). Check OPENAI_API_KEY.')
})

test.for<[string, Script, string]>([
  [
    'a limit with a number of seconds',
    {
      kind: 'refuse',
      status: 429,
      message: 'Rate limit reached.',
      headers: { 'retry-after': '20' },
    },
    'OpenAI is limiting this API key (429): Rate limit reached. Try again in 20 s.',
  ],
  [
    'a limit with a date',
    {
      kind: 'refuse',
      status: 429,
      message: 'Rate limit reached.',
      headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
    },
    'OpenAI is limiting this API key (429): Rate limit reached. Try again after Wed, 21 Oct 2026 07:28:00 GMT.',
  ],
  [
    'a used-up quota',
    { kind: 'refuse', status: 429, message: 'You exceeded your current quota.' },
    'OpenAI is limiting this API key (429): You exceeded your current quota. Try again later.',
  ],
  [
    'a broken service',
    { kind: 'refuse', status: 503, message: 'The engine is overloaded.' },
    'OpenAI failed (503): The engine is overloaded. Try again later.',
  ],
  [
    'a model the key may not use',
    { kind: 'refuse', status: 404, message: 'The model `gpt-5` does not exist.' },
    'OpenAI refused the request (404): The model `gpt-5` does not exist.',
  ],
  [
    'a page instead of events',
    { kind: 'raw', contentType: 'text/html', body: '<p>hello' },
    'OpenAI sent text/html where an event stream was asked for. Check OPENAI_BASE_URL.',
  ],
  [
    'an event that is not JSON',
    { kind: 'raw', contentType: 'text/event-stream', body: 'data: {"type"\n\n' },
    'OpenAI sent an event that is not a JSON object.',
  ],
  [
    'an answer without its text',
    { kind: 'events', events: [{ type: 'response.completed', response: {} }], ending: 'end' },
    'OpenAI sent a response.completed event this tool cannot read.',
  ],
  [
    'an empty answer',
    {
      kind: 'events',
      events: [{ type: 'response.completed', response: { output: [] } }],
      ending: 'end',
    },
    'OpenAI answered without any text.',
  ],
  [
    'a model that declines',
    {
      kind: 'events',
      events: [
        {
          type: 'response.completed',
          response: {
            output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'No' }] }],
          },
        },
      ],
      ending: 'end',
    },
    'The model declined to answer this question.',
  ],
  [
    'a response that failed',
    {
      kind: 'events',
      events: [
        {
          type: 'response.failed',
          response: { error: { code: 'server_error', message: 'The model failed.' } },
        },
      ],
      ending: 'end',
    },
    'OpenAI could not finish the answer: The model failed.',
  ],
  [
    'an error in the stream',
    {
      kind: 'events',
      events: [{ type: 'error', code: 'server_error', message: 'Something broke.' }],
      ending: 'end',
    },
    'OpenAI could not finish the answer: Something broke.',
  ],
  [
    'an answer that hit a limit',
    {
      kind: 'events',
      events: [
        {
          type: 'response.incomplete',
          response: { incomplete_details: { reason: 'max_output_tokens' } },
        },
      ],
      ending: 'end',
    },
    'OpenAI stopped before the end (max_output_tokens).',
  ],
  [
    'a stream that ends early',
    { kind: 'events', events: searchEvents(ANSWER).slice(0, -1), ending: 'end' },
    "OpenAI's answer broke off before it was complete.",
  ],
  [
    'a connection that breaks',
    { kind: 'events', events: searchEvents(ANSWER).slice(0, -1), ending: 'break' },
    'The connection to OpenAI failed: other side closed.',
  ],
])('%s is explained', async ([, script, sentence], { expect }) => {
  expect(await complaint(script)).toBe(`WebSearchError: ${sentence}`)
})

test('events nobody has heard of are no obstacle', async ({ expect }) => {
  const [first, ...rest] = searchEvents('はい')
  const events = [{ type: 'response.dreaming', delta: 7 }, first ?? {}, ...rest]
  expect(await complaint({ kind: 'events', events, ending: 'end' })).toBe('answered: はい')
})

test('silence ends at the limit', async ({ expect }) => {
  const said = await complaint({ kind: 'events', events: [], ending: 'hang' }, { limitMs: 50 })
  expect(said).toBe('WebSearchError: OpenAI gave no answer within 0.05 s.')
})

test('cancelling stops the request to OpenAI, too', async ({ expect }) => {
  const events = searchEvents(ANSWER).slice(0, 4)
  await using openAi = await startOpenAiStandIn({ kind: 'events', events, ending: 'hang' })
  const caller = new AbortController()
  const answer = search(openAi.baseUrl, {
    signal: caller.signal,
    onProgress: () => caller.abort(), // in the middle of the answer
  })
  await expect(answer).rejects.toThrow('The search was cancelled.')
  await openAi.abandoned
})

test('an address nobody listens on is reported with the reason', async ({ expect }) => {
  const openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
  await openAi.stop()
  await expect(search(openAi.baseUrl)).rejects.toThrow(
    /^The connection to OpenAI failed: connect ECONNREFUSED/,
  )
})
