import { httpRequest, shot, withHeaders } from '../http-text.ts'
import { callMessage, legacyRequest } from '../mcp-request.ts'
import type { RequestKind } from '../request-kind.ts'

/** AgentCore quotas: a gateway's request. */
const MAX_BYTES = 6_291_456

/** Sizes, methods and addresses of the gateway. */
export const gatewayKinds: readonly RequestKind[] = [
  {
    name: 'gateway: another method than POST',
    weight: 20,
    right: ['405'],
    make: (random, { gateway: { target, headers } }) => {
      const method = random.pick(['GET', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'])
      return shot({ method, target, headers }, { isHead: method === 'HEAD' })
    },
  },
  {
    name: 'gateway: a body declared too long',
    right: ['413'],
    make: (random, { gateway: { target, headers } }) => {
      const length = MAX_BYTES + random.pick([1, 1_000, 10 ** 9, 2 ** 40])
      const head = withHeaders(headers, { 'Content-Length': String(length) })
      return { bytes: httpRequest({ target, headers: head }), isLast: true }
    },
  },
  {
    name: 'gateway: a body that turns out too long',
    weight: 1,
    right: ['413'],
    make: (random, { gateway }) => {
      const args = { name: 'A'.repeat(MAX_BYTES + random.int(0, 200_000)) }
      const request = legacyRequest(gateway, callMessage(gateway, args))
      return shot({ ...request, chunkBytes: random.int(1_000, 100_000) }, { isLast: true })
    },
  },
  {
    name: 'gateway: media types the client does not take',
    right: ['200 result'], // AgentCore gateways do not look at Accept
    make: (random, { gateway }) => {
      const accept = random.pick([undefined, '*/*', 'text/html', 'application/json;q=0', ''])
      return shot(legacyRequest(gateway, callMessage(gateway), { Accept: accept }))
    },
  },
  {
    name: 'gateway: a gateway that is not there',
    right: ['404'],
    make: (random, { gateway }) => {
      const id = random.pick([
        `${random.word(8)}-abcde01234`,
        random.word(8),
        `${random.word(100)}-${'a'.repeat(100)}`,
        '..',
        '%2e%2e',
        '%00',
        '%',
        `${'a-'.repeat(60)}0`,
        'greet-abcde01234%2f..',
      ])
      const request = legacyRequest(gateway, callMessage(gateway))
      return shot({ ...request, target: `/gateway/${id}/mcp` })
    },
  },
]
