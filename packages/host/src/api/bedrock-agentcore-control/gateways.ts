// Gateways on the control plane (bedrock-agentcore-control 2023-06-05). Answers to a create, an update
// and a delete name the state that AWS would be in; the next Get tells the one the gateway is in.
import type { GatewayRecord } from '../../gateway/gateway-record.ts'
import type { Gateways } from '../../gateway/gateways.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { BedrockAgentcoreControlOperations, GetGatewayResponse } from './shapes.ts'

type GatewayOperations = Pick<
  BedrockAgentcoreControlOperations,
  'CreateGateway' | 'DeleteGateway' | 'GetGateway' | 'ListGateways' | 'UpdateGateway'
>

/** The largest page that the model allows. */
const MAX_RESULTS = 1_000

export function gatewayOperations({
  gateways,
}: {
  readonly gateways: Gateways
}): Handlers<GatewayOperations> {
  const describe = (record: GatewayRecord, status: GetGatewayResponse['status'] = record.status) =>
    describeGateway(record, gateways.gatewayUrl(record), status)

  return {
    async CreateGateway({ clientToken: _clientToken, ...input }, { scope }) {
      const control = await gateways.control()
      return describe(await control.createGateway(scope, input), 'CREATING')
    },
    async GetGateway({ gatewayIdentifier }, { scope }) {
      const control = await gateways.control()
      return describe(control.getGateway(scope, gatewayIdentifier))
    },
    async UpdateGateway({ gatewayIdentifier, ...input }, { scope }) {
      const control = await gateways.control()
      return describe(await control.updateGateway(scope, gatewayIdentifier, input), 'UPDATING')
    },
    async DeleteGateway({ gatewayIdentifier }, { scope }) {
      const control = await gateways.control()
      const { gatewayId } = await control.deleteGateway(scope, gatewayIdentifier)
      return { gatewayId, status: 'DELETING' }
    },
    async ListGateways({ maxResults, nextToken }, { scope }) {
      const control = await gateways.control()
      return paginate(control.listGateways(scope).map(summarize), {
        maxResults,
        nextToken,
        limit: MAX_RESULTS,
        keyOf: ({ gatewayId }) => gatewayId,
      })
    },
  }
}

function describeGateway(
  record: GatewayRecord,
  gatewayUrl: string,
  status: GetGatewayResponse['status'],
): GetGatewayResponse {
  const { origin: _, scope: __, tags: ___, resourcePolicy: ____, ...facts } = record
  const { workloadIdentityArn, ...described } = facts
  return {
    ...described,
    gatewayUrl,
    status,
    workloadIdentityDetails: { workloadIdentityArn },
  }
}

function summarize(record: GatewayRecord) {
  const { gatewayId, name, status, description, createdAt, updatedAt } = record
  const { authorizerType, protocolType } = record
  return {
    gatewayId,
    name,
    status,
    description,
    createdAt,
    updatedAt,
    authorizerType,
    protocolType,
  }
}
