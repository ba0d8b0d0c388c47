import type { GatewayId } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'

/** A gateway as the control plane describes it; it is usable as soon as it exists. */
export type GatewayRecord = GatewayFacts & GatewayAuthorizer

interface GatewayFacts {
  /** What an app file describes is made again at each start, and is changed there alone. */
  readonly origin: 'app' | 'api'
  readonly scope: Scope
  readonly gatewayId: GatewayId
  readonly gatewayArn: string
  readonly name: string
  readonly description?: string
  /** Kept, and given back; what a role may do is not checked here. */
  readonly roleArn?: string
  readonly kmsKeyArn?: string
  readonly protocolType?: 'MCP'
  readonly protocolConfiguration: { readonly mcp: McpConfiguration }
  readonly exceptionLevel?: 'DEBUG'
  readonly workloadIdentityArn: string
  readonly tags: Readonly<Record<string, string>>
  /** As it was written, and valid. */
  readonly resourcePolicy?: string
  readonly status: 'READY'
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Who may call in. */
export type GatewayAuthorizer =
  | { readonly authorizerType: 'NONE' | 'AWS_IAM' }
  | { readonly authorizerType: 'CUSTOM_JWT'; readonly authorizerConfiguration: JwtConfiguration }
  | {
      readonly authorizerType: 'AUTHENTICATE_ONLY'
      readonly authorizerConfiguration?: JwtConfiguration
    }

export interface JwtConfiguration {
  readonly customJWTAuthorizer: CustomJwtAuthorizer
}

export interface McpConfiguration {
  readonly supportedVersions: readonly string[]
  readonly instructions?: string
  readonly searchType?: 'SEMANTIC'
  readonly streamingConfiguration?: { readonly enableResponseStreaming?: boolean }
  readonly disableMcpListToolsPagination?: boolean
}
