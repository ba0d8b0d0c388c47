// Gateway rate limits on the control plane (bedrock-agentcore-control 2023-06-05).
import type { Gateways } from '../../gateway/gateways.ts'
import type { RateLimitRecord } from '../../gateway/rate-limit-record.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { BedrockAgentcoreControlOperations, GatewayRateLimitDetail } from './shapes.ts'

type RateLimitOperations = Pick<
  BedrockAgentcoreControlOperations,
  | 'BatchPutGatewayRateLimits'
  | 'CreateGatewayRateLimit'
  | 'DeleteGatewayRateLimit'
  | 'GetGatewayRateLimit'
  | 'ListGatewayRateLimits'
  | 'UpdateGatewayRateLimit'
>

/** The largest page that the model allows. */
const MAX_RESULTS = 100

export function gatewayRateLimitOperations({
  gateways,
}: {
  readonly gateways: Gateways
}): Handlers<RateLimitOperations> {
  return {
    async BatchPutGatewayRateLimits({ gatewayIdentifier, rateLimits }, { scope }) {
      const control = await gateways.control()
      const records = await control.putRateLimits(scope, gatewayIdentifier, rateLimits)
      return { rateLimits: records.map((record) => describeRateLimit(record)) }
    },
    async CreateGatewayRateLimit(
      { gatewayIdentifier, clientToken: _clientToken, ...input },
      { scope },
    ) {
      const control = await gateways.control()
      const record = await control.createRateLimit(scope, gatewayIdentifier, input)
      return describeRateLimit(record, 'CREATING')
    },
    async DeleteGatewayRateLimit({ gatewayIdentifier, rateLimitId }, { scope }) {
      const control = await gateways.control()
      await control.deleteRateLimit(scope, gatewayIdentifier, rateLimitId)
      return { rateLimitId, status: 'DELETING' }
    },
    async GetGatewayRateLimit({ gatewayIdentifier, rateLimitId }, { scope }) {
      const control = await gateways.control()
      return describeRateLimit(control.getRateLimit(scope, gatewayIdentifier, rateLimitId))
    },
    async ListGatewayRateLimits({ gatewayIdentifier, maxResults, nextToken }, { scope }) {
      const control = await gateways.control()
      const { items, ...page } = paginate(control.listRateLimits(scope, gatewayIdentifier), {
        maxResults,
        nextToken,
        limit: MAX_RESULTS,
        keyOf: ({ rateLimitId }) => rateLimitId,
      })
      return { ...page, rateLimits: items.map((record) => describeRateLimit(record)) }
    },
    async UpdateGatewayRateLimit({ gatewayIdentifier, rateLimitId, ...input }, { scope }) {
      const control = await gateways.control()
      const record = await control.updateRateLimit(scope, gatewayIdentifier, rateLimitId, input)
      return describeRateLimit(record, 'UPDATING')
    },
  }
}

function describeRateLimit(
  { gatewayId, ...facts }: RateLimitRecord,
  status: GatewayRateLimitDetail['status'] = 'ACTIVE',
): GatewayRateLimitDetail {
  return { ...facts, gatewayIdentifier: gatewayId, status }
}
