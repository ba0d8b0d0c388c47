// Where functions answer for custom resources: CloudFormation gives them a presigned S3 URL to PUT to
// ("Custom resource response objects", CloudFormation user guide), this host a URL of its own.
import { randomBytes } from 'node:crypto'
import { sendAnswer, type Answer, type Exchange } from '../../http/exchange.ts'
import { readBody } from '../../http/read-body.ts'

/** Below the host's URL; what follows names the one request that may be answered there. */
export const RESPONSES_PATH = '/cloudformation/responses/'

export interface Responses {
  /** A URL that takes one response, until the waiting is given up. */
  expect(): ExpectedResponse
  /** Answers a request for `RESPONSES_PATH`, whatever its method. */
  serveResponse(exchange: Exchange): Promise<void>
}

export interface ExpectedResponse extends Disposable {
  readonly url: string
  readonly received: Promise<ReceivedResponse>
}

/** As it came: JSON is for the reader. */
export type ReceivedResponse =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-long' }

/** "The total size of the response body can't exceed 4096 bytes." */
const MAX_RESPONSE_BYTES = 4_096
const TOKEN = /^[\w-]{43}$/

export function createResponses({ baseUrl }: { readonly baseUrl: () => string }): Responses {
  const expected = new Map<string, (response: ReceivedResponse) => void>()

  return {
    expect() {
      const token = randomBytes(32).toString('base64url')
      const received = new Promise<ReceivedResponse>((resolve) => expected.set(token, resolve))
      return {
        url: `${baseUrl()}${RESPONSES_PATH}${token}`,
        received,
        [Symbol.dispose]: () => void expected.delete(token),
      }
    },

    async serveResponse({ method, path, request, response }) {
      if (method !== 'PUT') return sendAnswer(response, NOT_PUT)
      const token = path.slice(RESPONSES_PATH.length)
      const receive = TOKEN.test(token) ? expected.get(token) : undefined
      if (receive === undefined) {
        response.setHeader('connection', 'close') // the body stays unread
        return sendAnswer(response, UNKNOWN)
      }
      const body = await readBody(request, MAX_RESPONSE_BYTES)
      expected.delete(token)
      if (body === undefined) {
        receive({ kind: 'too-long' })
        response.setHeader('connection', 'close')
        return sendAnswer(response, TOO_LONG)
      }
      receive({ kind: 'text', text: body.toString('utf8') })
      sendAnswer(response, { status: 200 })
    },
  }
}

/** Errors look like those of S3, where such URLs lead on AWS. */
const NOT_PUT = s3Error(405, 'MethodNotAllowed', 'A response URL takes PUT.')
const UNKNOWN = s3Error(
  403,
  'AccessDenied',
  'Nobody waits for this response: it was given already, or its time is over.',
)
const TOO_LONG = s3Error(
  400,
  'EntityTooLarge',
  `A response has at most ${MAX_RESPONSE_BYTES} bytes.`,
)

function s3Error(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/xml', ...(status === 405 && { allow: 'PUT' }) },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  }
}
