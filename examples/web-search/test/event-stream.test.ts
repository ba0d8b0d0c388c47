import * as fc from 'fast-check'
import { test } from 'vitest'
import { readEventData } from '../event-stream.ts'

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const sorted = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length]
  sorted.sort((a, b) => a - b)
  for (const [index, from] of sorted.entries()) yield bytes.subarray(from, sorted[index + 1])
}

async function read(stream: string, cuts: readonly number[] = []): Promise<string[]> {
  const events: string[] = []
  for await (const data of readEventData(inPieces(new TextEncoder().encode(stream), cuts))) {
    events.push(data)
  }
  return events
}

test('comments, names and an event without its blank line are not data', async ({ expect }) => {
  const stream =
    ': ping\n\nevent: a\ndata: one\nid: 7\n\ndata:two\r\ndata: lines\r\n\r\ndata: lost\n'
  expect(await read(stream)).toEqual(['one', 'two\nlines'])
})

test('where the network cuts the stream makes no difference', async ({ expect }) => {
  const data = fc.array(fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text })))
  const ending = fc.constantFrom('\n', '\r\n')
  await fc.assert(
    fc.asyncProperty(data, ending, fc.array(fc.nat()), async (events, end, cuts) => {
      const stream = events.map((event) => `event: x${end}data: ${event}${end}${end}`).join('')
      expect(await read(stream, cuts)).toEqual(events)
    }),
  )
})
