// The two pipes of the fast lane. Answers are written synchronously: what a handler has printed and
// answered is with the host even if the process is killed the moment after.
import type { Socket } from 'node:net'

const { writeSync } = process.getBuiltinModule('node:fs')
const { Socket: NetSocket } = process.getBuiltinModule('node:net')

const FROM_HOST = 3
const TO_HOST = 4

/** Writes one line. Its first character says what it is; the host's side has the list. */
export function tellHost(line: string): void {
  const bytes = Buffer.from(`${line}\n`)
  let written = 0
  while (written < bytes.length) written += writeSync(TO_HOST, bytes, written)
}

/** Calls `onLines` with the lines that have arrived; a host that is gone takes this process along. */
export function listenToHost(onLines: (lines: readonly string[]) => void): Socket {
  const socket = new NetSocket({ fd: FROM_HOST, readable: true, writable: false })
  let pieces: string[] = []
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = chunk.split('\n')
    const rest = lines.pop() ?? ''
    if (pieces.length > 0 && lines.length > 0) {
      lines[0] = pieces.join('') + lines[0]
      pieces = []
    }
    if (rest !== '') pieces.push(rest)
    if (lines.length > 0) onLines(lines)
  })
  socket.on('close', () => process.exit())
  socket.on('error', () => {}) // 'close' follows
  return socket
}
