import { REVISIONS } from '@catamaran/tools/protocol'
import { createGatewayId, gatewayArn, type GatewayId } from '../kernel/ids.ts'
import { checkGatewayInput, type GatewayInput } from './check-gateway-input.ts'
import { DEFAULT_SUPPORTED_VERSIONS } from './compat.ts'
import type { GatewayAuthorizer, GatewayRecord, McpConfiguration } from './gateway-record.ts'

/** The gateway that an input describes, in the place of `old`; throws when it describes none. */
export function createGatewayRecord(
  input: GatewayInput,
  now: Date,
  old: GatewayRecord | undefined,
): GatewayRecord {
  checkGatewayInput(input)
  const { name, description, exceptionLevel, baseUrl } = input
  const gatewayId = (input.gatewayId as GatewayId | undefined) ?? createGatewayId(name)
  return {
    gatewayId,
    gatewayArn: gatewayArn(gatewayId),
    gatewayUrl: `${baseUrl}/gateway/${gatewayId}/mcp`,
    name,
    ...(description !== undefined && { description }),
    ...describeAuthorizer(input),
    protocolConfiguration: { mcp: describeProtocol(input) },
    ...(exceptionLevel !== undefined && { exceptionLevel }),
    status: 'READY',
    createdAt: old?.createdAt ?? now,
    updatedAt: now,
  }
}

function describeAuthorizer({ authorizerConfiguration }: GatewayInput): GatewayAuthorizer {
  return authorizerConfiguration === undefined
    ? { authorizerType: 'NONE' }
    : { authorizerType: 'CUSTOM_JWT', authorizerConfiguration }
}

function describeProtocol({ protocolConfiguration }: GatewayInput): McpConfiguration {
  const { supportedVersions = DEFAULT_SUPPORTED_VERSIONS, instructions } =
    protocolConfiguration?.mcp ?? {}
  return {
    supportedVersions: REVISIONS.filter((revision) => supportedVersions.includes(revision)),
    ...(instructions !== undefined && { instructions }),
  }
}
