import { z } from 'zod'
import { WebSearchError } from './web-search-error.ts'

const CHARACTERS_PER_STEP = 200

// A peer on a later version may send events and members these do not name; they pass.
const Part = z.object({ type: z.string(), text: z.string().default('') })
const Item = z.object({ type: z.string(), content: z.array(Part).default([]) })
const Failure = z.object({ message: z.string().nullish(), code: z.string().nullish() })

const AnyEvent = z.looseObject({ type: z.string() })
const Delta = z.object({ delta: z.string() })
const SearchItem = z.object({
  item: z.object({ type: z.literal('web_search_call'), action: z.object({ query: z.string() }) }),
})
const Completed = z.object({ response: z.object({ output: z.array(Item) }) })
const Failed = z.object({ response: z.object({ error: Failure.nullish() }) })
const Incomplete = z.object({
  response: z.object({ incomplete_details: z.object({ reason: z.string() }).nullish() }),
})

/** Follows the events of one response to its end: the answer, or the reason there is none. */
export async function readAnswer(
  events: AsyncIterable<string>,
  onProgress: (message: string) => void,
): Promise<string> {
  let written = 0
  for await (const data of events) {
    const event = readEvent(data)
    switch (event.type) {
      case 'response.web_search_call.searching':
        onProgress('Searching the web')
        break
      case 'response.output_item.done': {
        const search = SearchItem.safeParse(event)
        if (search.success) onProgress(`Searched for: ${search.data.item.action.query}`)
        break
      }
      case 'response.output_text.delta': {
        const before = written
        written += read(Delta, event).delta.length
        if (before === 0) onProgress('Writing the answer')
        else if (passesStep(before, written)) onProgress(`${written} characters written`)
        break
      }
      case 'response.completed':
        return readText(read(Completed, event).response.output)
      case 'response.incomplete': {
        const reason = read(Incomplete, event).response.incomplete_details?.reason
        throw new WebSearchError(`OpenAI stopped before the end (${reason ?? 'no reason given'}).`)
      }
      case 'response.failed':
        throw failure(read(Failed, event).response.error)
      case 'error':
        throw failure(read(Failure, event))
    }
  }
  throw new WebSearchError("OpenAI's answer broke off before it was complete.")
}

function readEvent(data: string): z.output<typeof AnyEvent> {
  try {
    return AnyEvent.parse(JSON.parse(data))
  } catch (cause) {
    throw new WebSearchError('OpenAI sent an event that is not a JSON object.', { cause })
  }
}

function read<T>(schema: z.ZodType<T>, event: z.output<typeof AnyEvent>): T {
  const parsed = schema.safeParse(event)
  if (parsed.success) return parsed.data
  throw new WebSearchError(`OpenAI sent a ${event.type} event this tool cannot read.`, {
    cause: parsed.error,
  })
}

function passesStep(before: number, after: number): boolean {
  return Math.floor(before / CHARACTERS_PER_STEP) < Math.floor(after / CHARACTERS_PER_STEP)
}

/** What the SDKs call `output_text`: every text part of every message, joined. */
function readText(output: readonly z.output<typeof Item>[]): string {
  const parts = output.flatMap(({ content }) => content)
  const text = parts.flatMap((part) => (part.type === 'output_text' ? [part.text] : [])).join('')
  if (text !== '') return text
  const refused = parts.some(({ type }) => type === 'refusal')
  throw new WebSearchError(
    refused ? 'The model declined to answer this question.' : 'OpenAI answered without any text.',
  )
}

function failure(error: z.output<typeof Failure> | null | undefined): WebSearchError {
  const reason = error?.message ?? error?.code ?? 'no reason given'
  return new WebSearchError(`OpenAI could not finish the answer: ${reason}`)
}
