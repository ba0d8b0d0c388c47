import { httpRequest, shot, withHeaders } from '../http-text.ts'
import { callMessage, legacyRequest } from '../mcp-request.ts'
import type { RequestKind } from '../request-kind.ts'

/** AgentCore quotas: a runtime's request. */
const MAX_BYTES = 100_000_000

/** Sizes, methods, sessions and addresses of the Runtime hull. */
export const runtimeKinds: readonly RequestKind[] = [
  {
    name: 'runtime: media types the client does not take',
    right: ['406 -32011'],
    make: (random, { runtime }) => {
      const accept = random.pick([undefined, 'application/json', 'text/event-stream', 'text/html'])
      return shot(legacyRequest(runtime, callMessage(runtime), { Accept: accept }))
    },
  },
  {
    name: 'runtime: a method nobody serves',
    right: ['404', '405'],
    make: (random, { runtime: { target, headers } }) => {
      const method = random.pick(['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'])
      return shot({ method, target, headers }, { isHead: method === 'HEAD' })
    },
  },
  {
    name: 'runtime: a body declared too long',
    right: ['413', '400'],
    make: (random, { runtime: { target, headers } }) => {
      const length = MAX_BYTES + random.pick([1, 1_000, 10 ** 9, 2 ** 40])
      const head = withHeaders(headers, { 'Content-Length': String(length) })
      return { bytes: httpRequest({ target, headers: head }), isLast: true }
    },
  },
  {
    name: 'runtime: a body longer than the server inside wants',
    weight: 1,
    right: ['200 result', '413'],
    make: (random, { runtime }) => {
      const args = { name: 'A'.repeat(random.int(6_300_000, 6_500_000)) }
      const request = legacyRequest(runtime, callMessage(runtime, args))
      return shot({ ...request, chunkBytes: random.int(1_000, 100_000) }, { isLast: true })
    },
  },
  {
    name: 'runtime: a runtime that is not there',
    right: ['404', '400', '200 -32004'],
    make: (random, { runtime }) => {
      const arn = random.pick([
        'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/nope-AbCdE01234',
        'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/nope-abcde01234',
        'arn:aws:lambda:us-east-1:000000000000:function:greet',
        'nope-AbCdE01234',
        random.word(300),
        '../../etc/passwd',
        random.text(20).toWellFormed(),
      ])
      const target = `/runtimes/${encodeURIComponent(arn)}/invocations?qualifier=DEFAULT`
      return shot({ ...legacyRequest(runtime, callMessage(runtime)), target })
    },
  },
  {
    name: 'runtime: an endpoint that is not there',
    right: ['404', '400', '200 -32004'],
    make: (random, { runtime }) => {
      const qualifier = random.pick(['NOPE', 'default', '', '%00', '..', '1e9', random.word(300)])
      const target = runtime.target.replace('qualifier=DEFAULT', `qualifier=${qualifier}`)
      return shot({ ...legacyRequest(runtime, callMessage(runtime)), target })
    },
  },
  {
    name: 'runtime: the end of a session nobody has',
    right: ['404', '400', '200 -32004', '200 -32006'],
    make: (random, { runtime }) => {
      const id = random.pick([
        undefined,
        '',
        'short',
        'a'.repeat(300),
        `${random.word(20)}-${'0'.repeat(40)}`,
      ])
      const target = runtime.target.replace('/invocations', '/stopruntimesession')
      const session = {
        'X-Amzn-Bedrock-AgentCore-Runtime-Session-Id': id,
        'Mcp-Session-Id': undefined,
      }
      return shot({ ...legacyRequest(runtime, '{}', session), target })
    },
  },
  {
    name: 'runtime: a session id nobody may choose',
    right: ['400', '200 -32006'],
    make: (random, { runtime }) => {
      const id = random.pick(['', 'two words', 'a\tb', 'a'.repeat(1_025), 'a'.repeat(9_000)])
      return shot(legacyRequest(runtime, callMessage(runtime), { 'Mcp-Session-Id': id }))
    },
  },
]
