// One question to OpenAI's Responses API, streamed (https://platform.openai.com/docs/api-reference/responses).
//
// Follows the streaming events of that reference. What is not used here, and why:
// - `background` and polling: the tool call itself is the wait.
// - Repeating a failed request: the caller knows better whether the answer is still wanted.
import { readEventData } from './event-stream.ts'
import { readAnswer } from './read-answer.ts'
import { describeRefusal, WebSearchError } from './web-search-error.ts'

const INSTRUCTIONS = `
- You must answer the question using web_search tool.
- You must respond in japanese.
`

export interface WebSearch {
  readonly question: string
  readonly apiKey: string
  readonly baseUrl: string
  readonly signal: AbortSignal
  readonly onProgress: (message: string) => void
  /** Kept below the function's own limit, so that the tool can say itself what happened. */
  readonly limitMs?: number
}

/** The model's answer; every way it can fail is a sentence for the person who asked. */
export async function searchTheWeb(search: WebSearch): Promise<string> {
  if (search.apiKey === '') {
    throw new WebSearchError(
      'OPENAI_API_KEY is not set. Set it to an OpenAI API key and start `catamaran up` again.',
    )
  }
  const { limitMs = 570_000 } = search
  const limit = AbortSignal.timeout(limitMs)
  try {
    const events = await askOpenAi(search, AbortSignal.any([search.signal, limit]))
    return await readAnswer(events, search.onProgress)
  } catch (cause) {
    if (cause instanceof WebSearchError) throw cause
    if (search.signal.aborted) throw new WebSearchError('The search was cancelled.', { cause })
    if (limit.aborted) {
      throw new WebSearchError(`OpenAI gave no answer within ${limitMs / 1_000} s.`, { cause })
    }
    throw new WebSearchError(`The connection to OpenAI failed: ${reasonOf(cause)}.`, { cause })
  }
}

async function askOpenAi(search: WebSearch, signal: AbortSignal): Promise<AsyncIterable<string>> {
  const response = await fetch(`${search.baseUrl.replace(/\/$/, '')}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${search.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'gpt-5',
      tools: [{ type: 'web_search' }],
      instructions: INSTRUCTIONS,
      input: search.question,
      stream: true,
    }),
    signal,
  })
  if (!response.ok) throw new WebSearchError(await describeRefusal(response))
  const contentType = response.headers.get('content-type') ?? 'nothing'
  if (!response.body || !contentType.startsWith('text/event-stream')) {
    await response.body?.cancel()
    throw new WebSearchError(
      `OpenAI sent ${contentType} where an event stream was asked for. Check OPENAI_BASE_URL.`,
    )
  }
  return readEventData(response.body)
}

/** `fetch` says only "fetch failed"; the reason is one or two causes down. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
