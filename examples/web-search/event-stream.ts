/** The data of each event of a `text/event-stream` body (WHATWG HTML §9.2.6), however it is cut. */
export async function* readEventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let unread = ''
  let data: string[] = []
  for await (const chunk of body) {
    unread += decoder.decode(chunk, { stream: true })
    const lines = unread.split('\n') // servers end lines with LF or CRLF; a lone CR is not in use
    unread = lines.pop() ?? ''
    for (const ended of lines) {
      const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended
      if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
      if (line !== '' || data.length === 0) continue
      yield data.join('\n')
      data = []
    }
  }
}
