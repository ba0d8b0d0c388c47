import type { Readable } from 'node:stream'

const MAX_LINE = 64 * 1024

/** Calls `onLine` for each line of the stream; longer lines are cut, the last needs no newline. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  const emit = (line: string) => onLine(line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line)
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) {
      emit(rest)
      rest = ''
    }
    for (const line of lines) emit(line.endsWith('\r') ? line.slice(0, -1) : line)
  })
  stream.once('end', () => {
    if (rest !== '') emit(rest)
    rest = ''
  })
  stream.on('error', () => {}) // the child is gone; its exit is reported elsewhere
}
