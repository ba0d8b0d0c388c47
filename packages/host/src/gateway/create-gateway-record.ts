import { gatewayArn, type GatewayId } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import { checkGatewayInput, type GatewayInput } from './check-gateway-input.ts'
import { DEFAULT_SUPPORTED_VERSIONS } from './compat.ts'
import type { GatewayAuthorizer, GatewayRecord, McpConfiguration } from './gateway-record.ts'

/** What a gateway is besides what its caller decides. */
export interface GatewayCircumstances {
  readonly origin: GatewayRecord['origin']
  readonly scope: Scope
  readonly gatewayId: GatewayId
  readonly workloadIdentityArn: string
  readonly now: Date
  /** The gateway whose place it takes. */
  readonly old: GatewayRecord | undefined
}

/** The gateway that an input describes; throws when it describes none. */
export function createGatewayRecord(input: GatewayInput, around: GatewayCircumstances) {
  checkGatewayInput(input)
  const { origin, scope, gatewayId, workloadIdentityArn, now, old } = around
  const { name, description, roleArn, kmsKeyArn, protocolType, exceptionLevel } = input
  const record: GatewayRecord = {
    origin,
    scope,
    gatewayId,
    gatewayArn: gatewayArn(gatewayId, scope),
    name,
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(protocolType !== undefined && { protocolType }),
    ...describeAuthorizer(input),
    protocolConfiguration: { mcp: describeProtocol(input) },
    ...(exceptionLevel !== undefined && { exceptionLevel }),
    workloadIdentityArn,
    tags: { ...(old?.tags ?? input.tags) },
    ...(old?.resourcePolicy !== undefined && { resourcePolicy: old.resourcePolicy }),
    status: 'READY',
    createdAt: old?.createdAt ?? now,
    updatedAt: now,
  }
  return record
}

function describeAuthorizer(input: GatewayInput): GatewayAuthorizer {
  const { authorizerType, authorizerConfiguration } = input
  if (authorizerType === 'NONE' || authorizerType === 'AWS_IAM') return { authorizerType }
  if (authorizerConfiguration !== undefined) return { authorizerType, authorizerConfiguration }
  return { authorizerType: 'AUTHENTICATE_ONLY' } // CUSTOM_JWT without one was refused
}

function describeProtocol({ protocolConfiguration }: GatewayInput): McpConfiguration {
  const { supportedVersions, instructions, searchType, streamingConfiguration, ...rest } =
    protocolConfiguration?.mcp ?? {}
  const { disableMcpListToolsPagination } = rest
  return {
    supportedVersions: [...(supportedVersions ?? DEFAULT_SUPPORTED_VERSIONS)],
    ...(instructions !== undefined && { instructions }),
    ...(searchType !== undefined && { searchType }),
    ...(streamingConfiguration !== undefined && {
      streamingConfiguration: { enableResponseStreaming: false },
    }),
    ...(disableMcpListToolsPagination !== undefined && { disableMcpListToolsPagination }),
  }
}
