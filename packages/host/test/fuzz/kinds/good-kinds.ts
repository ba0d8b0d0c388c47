import { shot } from '../http-text.ts'
import { callMessage, legacyRequest, modernCall } from '../mcp-request.ts'
import type { RequestKind } from '../request-kind.ts'

/** Good calls in between: the same connections must still serve them. */
export const goodKinds: readonly RequestKind[] = [
  ...(['gateway', 'runtime'] as const).map((hull): RequestKind => ({
    name: `${hull}: a good call`,
    weight: 30,
    right: ['200 result'],
    make: (random, world) => {
      const it = world[hull]
      return shot(random.chance(0.5) ? legacyRequest(it, callMessage(it)) : modernCall(it))
    },
  })),
  {
    name: 'gateway by its own host name: a good call',
    right: ['200 result'],
    make: (_, { gateway, gatewayId, port }) => {
      const host = { Host: `${gatewayId}.gateway.localhost:${port}` }
      return shot({ ...legacyRequest(gateway, callMessage(gateway), host), target: '/mcp' })
    },
  },
]
