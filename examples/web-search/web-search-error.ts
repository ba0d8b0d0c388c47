import { z } from 'zod'

/** A search that found no answer. The message is written for the person who asked. */
export class WebSearchError extends Error {
  override readonly name = 'WebSearchError'
}

const ErrorBody = z.object({ error: z.object({ message: z.string() }) })

/** What an HTTP status of the API means for the caller, and what to do about it. */
export async function describeRefusal(response: Response): Promise<string> {
  const { status } = response
  const reason = readReason(await response.text())
  // The API repeats part of the key in the message of a 401; it must not travel any further.
  if (status === 401) return 'OpenAI refused the API key (401). Check OPENAI_API_KEY.'
  if (status === 429) {
    return `OpenAI is limiting this API key (429)${reason}. ${whenToRetry(response)}`
  }
  if (status >= 500) return `OpenAI failed (${status})${reason}. Try again later.`
  return `OpenAI refused the request (${status})${reason}.`
}

function readReason(body: string): string {
  try {
    return `: ${ErrorBody.parse(JSON.parse(body)).error.message.replace(/\.$/, '')}`
  } catch {
    return '' // a proxy's HTML page, say: the status has to do
  }
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function whenToRetry({ headers }: Response): string {
  const after = headers.get('retry-after')
  if (after === null) return 'Try again later.'
  return /^\d+$/.test(after) ? `Try again in ${after} s.` : `Try again after ${after}.`
}
