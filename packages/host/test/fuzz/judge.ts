import type { Outcome, RawAnswer } from './raw-connection.ts'
import type { RequestKind, Shot } from './request-kind.ts'

/** What is never right, in whatever answer it occurs. */
const LEAKS = /node:internal|\bat [\w.<>]+ \(|file:\/\/\/|\/node_modules\/|\.[cm]?[jt]s:\d+/

/**
 * Refusals of a message that was read. The schemas from 2025-11-25 on leave an unreadable id out; only
 * the platform's own codes, for what it never read, come with null as they do from AgentCore.
 */
const PROTOCOL_CODES: ReadonlySet<string> = new Set(
  [-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022].map(String),
)

/** Why the outcome is wrong, or undefined when it is one of the right ones. */
export function judge(kind: RequestKind, shot: Shot, outcome: Outcome): string | undefined {
  if (outcome.isTimeout) return 'was not answered in time'
  if (shot.hangsUp) return undefined
  for (const answer of outcome.answers) {
    const problem = problemOf(answer)
    if (problem !== undefined) return `${describe(answer)}: ${problem}`
  }
  const heard = outcome.answers.map(describe)
  if (heard.length < (shot.answers ?? 1)) heard.push('closed')
  const said = heard.join(' + ')
  if (kind.right.some((right) => fits(right, said))) return undefined
  const [last] = outcome.answers.slice(-1)
  return `was answered ${said}, not ${kind.right.join(' | ')}: ${last?.body.slice(0, 300) ?? ''}`
}

function fits(right: string, said: string): boolean {
  const wanted = right.split(' + ')
  const heard = said.split(' + ')
  return (
    wanted.length === heard.length &&
    wanted.every((want, index) => {
      const hear = heard[index] ?? ''
      return want === hear || (!want.includes(' ') && hear.startsWith(`${want} `))
    })
  )
}

/** `<status>` and, when the body says more, what. */
export function describe({ status, headers, body }: RawAnswer): string {
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false
  const what = whatOf(isStream ? lastEvent(body) : body)
  return what === undefined ? String(status) : `${status} ${what}`
}

function whatOf(text: string): string | undefined {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof message !== 'object' || message === null) return undefined
  if ('error' in message) {
    const { error } = message
    if (typeof error === 'string') return error
    if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code)
  }
  if (!('result' in message) || typeof message.result !== 'object' || message.result === null) {
    return undefined
  }
  const { result } = message
  return 'isError' in result && result.isError === true ? 'isError' : 'result'
}

function lastEvent(stream: string): string {
  const lines = stream.split('\n').filter((line) => line.startsWith('data:'))
  return lines.at(-1)?.slice('data:'.length).trim() ?? ''
}

function problemOf({ status, headers, body }: RawAnswer): string | undefined {
  if (status >= 500) return `nothing a caller sends is our failure: ${body.slice(0, 300)}`
  if (Number.isNaN(status)) return 'the answer is not HTTP/1.1'
  if (LEAKS.test(body)) return `it shows the inside: ${body.slice(0, 300)}`
  if (PROTOCOL_CODES.has(whatOf(body) ?? '') && /"id":null[,}]/.test(body)) return 'its id is null'
  const challenge = headers.get('www-authenticate')
  if (status === 401 && !/^Bearer .*resource_metadata="http/.test(challenge ?? '')) {
    return `it has no challenge with resource_metadata (RFC 9728 §5.1), only ${challenge}`
  }
  return undefined
}
