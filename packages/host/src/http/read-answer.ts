import type { IncomingMessage } from 'node:http'

/** The whole text of an answer; rejects when it has more bytes, or breaks off. */
export function readAnswer(response: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else response.destroy(new Error(`the answer is longer than ${maxBytes} bytes`))
    })
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    response.on('error', reject)
  })
}
