import { makeAwsRequest, type KnownValues } from './aws-requests.ts'
import { httpRequest } from './http-text.ts'
import { createRandom } from './random.ts'
import { createRawConnection, type RawAnswer } from './raw-connection.ts'

export interface AwsFireOptions {
  readonly baseUrl: string
  readonly seed: number
  readonly count: number
  readonly known?: KnownValues
  /** Fire this one request only: the number a failure names. */
  readonly only?: number | undefined
  readonly connections?: number
  readonly answerLimitMs?: number
}

export interface AwsFireReport {
  readonly fired: number
  /** Which operations were asked for. */
  readonly operations: ReadonlySet<string>
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>
  /** One line per wrong answer. */
  readonly problems: readonly string[]
}

/** Fires generated AWS requests at a host, over raw sockets; every answer must be one AWS could give. */
export async function fireAwsRequests(options: AwsFireOptions): Promise<AwsFireReport> {
  const { baseUrl, seed, count, known, only, connections = 8, answerLimitMs = 20_000 } = options
  const { host: authority, port } = new URL(baseUrl)
  const operations = new Set<string>()
  const statuses = new Map<number, number>()
  const problems: string[] = []
  let fired = 0
  let next = only ?? 0
  const end = only === undefined ? count : only + 1

  async function work(): Promise<void> {
    const connection = createRawConnection(Number(port), answerLimitMs)
    while (next < end) {
      const number = next++
      const random = createRandom(Math.imul(seed, 1_000_003) + number)
      const request = makeAwsRequest(random, authority, known)
      const isHead = request.method === 'HEAD'
      const bytes = httpRequest(request)
      const { answers, isTimeout } = await connection.fire({ bytes, isHead })
      const [answer] = answers
      fired++
      operations.add(`${request.service}.${request.operation}`)
      if (answer) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const problem = isTimeout ? 'was not answered in time' : problemOf(answer, isHead)
      if (problem === undefined) continue
      const what = `${request.service} ${request.operation} (${request.wrongs.join(', ') || 'valid'})`
      problems.push(`#${number} ${what}: ${problem}`)
    }
    connection.close()
  }

  await Promise.all(Array.from({ length: connections }, work))
  return { fired, operations, statuses, problems }
}

/** What is never right, in whatever answer it occurs. */
const LEAKS = /node:internal|\bat [\w.<>]+ \(|file:\/\/\/|\/node_modules\/|\.[cm]?[jt]s:\d+/

/** How S3 says that it does not do something, to whoever asks for it. */
function isNotImplemented({ status, body }: RawAnswer, isHead: boolean): boolean {
  return status === 501 && (isHead || body.includes('<Code>NotImplemented</Code>'))
}

function problemOf(answer: RawAnswer | undefined, isHead: boolean): string | undefined {
  if (answer === undefined) return 'the connection was closed without an answer'
  const { status, headers, body } = answer
  if (Number.isNaN(status)) return 'the answer is not HTTP/1.1'
  if (status >= 500 && !isNotImplemented(answer, isHead))
    return `${status}: nothing a caller sends is our failure: ${body.slice(0, 300)}`
  if (LEAKS.test(body)) return `it shows the inside: ${body.slice(0, 300)}`
  if (status < 400 || isHead) return undefined
  const isNamed = headers.has('x-amzn-errortype') || /<Code>\w+<\/Code>/.test(body)
  return isNamed ? undefined : `${status} without an error name: ${body.slice(0, 300)}`
}
