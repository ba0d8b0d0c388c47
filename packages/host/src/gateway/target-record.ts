import type { GatewayId, TargetId } from '../kernel/ids.ts'
import type { OutboundCredentials } from './outbound-credentials.ts'
import type { Tool } from './tool.ts'
import type { ToolDefinition } from './tool-schema.ts'

/** A target as the control plane describes it. */
export interface TargetRecord extends TargetFacts {
  readonly gatewayId: GatewayId
  readonly targetId: TargetId
  /** What was read from elsewhere: a document in S3, or an MCP server. */
  readonly tools?: readonly Tool[]
  readonly status: TargetStatus
  readonly statusReasons?: readonly string[]
  readonly lastSynchronizedAt?: Date
  /** While UPDATING: what the target becomes once the tools of its MCP server could be read. */
  readonly next?: TargetFacts
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a caller decides about a target, checked. */
export interface TargetFacts {
  readonly name: string
  readonly description?: string
  readonly targetConfiguration: TargetConfiguration
  /** Empty when the target is called without credentials. */
  readonly credentialProviderConfigurations: readonly OutboundCredentials[]
  readonly metadataConfiguration?: MetadataConfiguration
}

/** CREATING, UPDATING and SYNCHRONIZING mean that the tools of an MCP server are being read. */
export type TargetStatus =
  | 'CREATING'
  | 'UPDATING'
  | 'SYNCHRONIZING'
  | 'READY'
  | 'FAILED'
  | 'UPDATE_UNSUCCESSFUL'
  | 'SYNCHRONIZE_UNSUCCESSFUL'

export interface TargetConfiguration {
  readonly mcp:
    | { readonly lambda: LambdaTarget; readonly mcpServer?: undefined }
    | { readonly mcpServer: McpServerTarget; readonly lambda?: undefined }
}

export interface LambdaTarget {
  readonly lambdaArn: string
  readonly toolSchema:
    | { readonly inlinePayload: readonly ToolDefinition[]; readonly s3?: undefined }
    | { readonly s3: S3Location; readonly inlinePayload?: undefined }
}

export interface McpServerTarget {
  readonly endpoint: string
  /** Given: the tools are these, and the server is not asked. */
  readonly mcpToolSchema?:
    | { readonly inlinePayload: string; readonly s3?: undefined }
    | { readonly s3: S3Location; readonly inlinePayload?: undefined }
  readonly listingMode?: 'DEFAULT'
  readonly resourcePriority?: number
}

export interface S3Location {
  readonly uri: string
  readonly bucketOwnerAccountId?: string
}

/** What of a caller's request reaches the target. */
export interface MetadataConfiguration {
  readonly allowedRequestHeaders?: readonly string[]
  readonly allowedQueryParameters?: readonly string[]
}

/** The tools that a target offers now. */
export function toolsOf({ tools, targetConfiguration }: TargetRecord): readonly Tool[] {
  return tools ?? targetConfiguration.mcp.lambda?.toolSchema.inlinePayload ?? []
}

/** Whether the tools of a target are asked for from its MCP server. */
export function isSynchronized({ mcp }: TargetConfiguration): boolean {
  return mcp.mcpServer !== undefined && mcp.mcpServer.mcpToolSchema === undefined
}

/** Whether the tools of a target are being read. */
export function isBusy({ status }: TargetRecord): boolean {
  return status === 'CREATING' || status === 'UPDATING' || status === 'SYNCHRONIZING'
}
