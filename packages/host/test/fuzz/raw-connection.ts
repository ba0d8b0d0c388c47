// A client that sends bytes nobody checked, and reads well-formed answers.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Shot } from './request-kind.ts'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** What a shot led to: its answers in order, and whether the connection ended. */
export interface Outcome {
  readonly answers: readonly RawAnswer[]
  readonly isClosed: boolean
  readonly isTimeout: boolean
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** One keep-alive connection at a time; opened again when the last one ended. */
export function createRawConnection(port: number, limitMs: number) {
  let socket: Socket | undefined

  async function fire({ bytes, answers = 1, hangsUp, isHead, isLast }: Shot): Promise<Outcome> {
    socket ??= await open(port)
    const current = socket
    if (hangsUp) {
      current.write(bytes)
      current.end()
      current.destroy()
      socket = undefined
      return { answers: [], isClosed: true, isTimeout: false }
    }
    current.write(bytes)
    const outcome = await readAnswers(current, answers, isHead === true, limitMs)
    const says = outcome.answers.at(-1)?.headers.get('connection')
    if (outcome.isClosed || outcome.isTimeout || isLast || says === 'close') {
      current.destroy()
      socket = undefined
    }
    return outcome
  }

  return { fire, close: () => void socket?.destroy() }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {}) // a reset is one way to close; the reader sees the end
  await once(socket, 'connect')
  return socket
}

function readAnswers(
  socket: Socket,
  wanted: number,
  isHead: boolean,
  limitMs: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const answers: RawAnswer[] = []
    let received: Buffer = Buffer.alloc(0)
    const finish = (ending: { isClosed: boolean; isTimeout: boolean }) => {
      clearTimeout(limit)
      socket.off('data', onData).off('close', onClose)
      resolve({ answers, ...ending })
    }
    const limit = setTimeout(() => finish({ isClosed: false, isTimeout: true }), limitMs)
    const take = (isEnded: boolean) => {
      while (answers.length < wanted) {
        const parsed = parseAnswer(received, isHead, isEnded)
        if (parsed === undefined) return
        received = received.subarray(parsed.bytes)
        // RFC 9110 §15.2: interim answers are not the answer.
        if (parsed.answer.status >= 200) answers.push(parsed.answer)
      }
    }
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      take(false)
      if (answers.length === wanted) finish({ isClosed: false, isTimeout: false })
    }
    const onClose = () => {
      take(true)
      finish({ isClosed: true, isTimeout: false })
    }
    socket.on('data', onData).on('close', onClose)
    if (socket.destroyed) onClose()
  })
}

function parseAnswer(received: Buffer, isHead: boolean, isEnded: boolean) {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd === -1) return undefined
  const [statusLine = '', ...lines] = received.subarray(0, headEnd).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1])
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const start = headEnd + HEAD_END.length
  const content = hasNoBody(status, isHead)
    ? { body: '', end: start }
    : readContent(received, start, headers, isEnded)
  return content && { answer: { status, headers, body: content.body }, bytes: content.end }
}

function hasNoBody(status: number, isHead: boolean): boolean {
  return isHead || status < 200 || status === 204 || status === 304
}

/** RFC 9112 §6.3: by chunks, by length, or until the connection ends. */
function readContent(
  received: Buffer,
  start: number,
  headers: ReadonlyMap<string, string>,
  isEnded: boolean,
) {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(received, start)
  const length = headers.get('content-length')
  if (length === undefined) {
    return isEnded ? { body: received.toString('utf8', start), end: received.length } : undefined
  }
  const end = start + Number(length)
  return received.length < end ? undefined : { body: received.toString('utf8', start, end), end }
}

function readChunks(received: Buffer, start: number) {
  const parts: Buffer[] = []
  for (let at = start; ;) {
    const lineEnd = received.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    const end = lineEnd + 2 + size + 2
    if (received.length < end) return undefined
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), end }
    parts.push(received.subarray(lineEnd + 2, end - 2))
    at = end
  }
}
