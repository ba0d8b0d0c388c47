import type { GatewayId, TargetId } from '../kernel/ids.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { ToolDefinition } from './tool-schema.ts'

/** A gateway as the control plane describes it; it is usable as soon as it exists. */
export type GatewayRecord = GatewayFacts & GatewayAuthorizer

interface GatewayFacts {
  readonly gatewayId: GatewayId
  readonly gatewayArn: string
  readonly gatewayUrl: string
  readonly name: string
  readonly description?: string
  readonly protocolConfiguration: { readonly mcp: McpConfiguration }
  readonly exceptionLevel?: 'DEBUG'
  readonly status: 'READY'
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Who may call in. Only `CUSTOM_JWT` has anything to configure. */
export type GatewayAuthorizer =
  | { readonly authorizerType: 'NONE' }
  | {
      readonly authorizerType: 'CUSTOM_JWT'
      readonly authorizerConfiguration: { readonly customJWTAuthorizer: CustomJwtAuthorizer }
    }

export interface McpConfiguration {
  /** Newest first. */
  readonly supportedVersions: readonly string[]
  readonly instructions?: string
}

/** A target as the control plane describes it. */
export interface TargetRecord {
  readonly gatewayId: GatewayId
  readonly targetId: TargetId
  readonly name: string
  readonly description?: string
  readonly targetConfiguration: TargetConfiguration
  readonly status: 'READY'
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The one kind of target there is so far: a Lambda function that offers tools. */
export interface TargetConfiguration {
  readonly mcp: {
    readonly lambda: {
      readonly lambdaArn: string
      readonly toolSchema: { readonly inlinePayload: readonly ToolDefinition[] }
    }
  }
}
