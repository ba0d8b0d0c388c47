// What is remembered of an agent runtime: the runtime, its versions and its endpoints. Times are
// ISO 8601 texts, so that a record and its row are the same.
import type { AgentRuntimeId } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { ServerProtocolName } from './server-protocol.ts'

export interface AgentRuntimeRecord {
  readonly agentRuntimeId: AgentRuntimeId
  readonly agentRuntimeArn: string
  readonly agentRuntimeName: string
  readonly scope: Scope
  /** What an app file describes is made again at each start, and changed there only. */
  readonly origin: 'app' | 'api'
  readonly tags: Readonly<Record<string, string>>
  readonly resourcePolicy?: string | undefined
  readonly workloadIdentityArn?: string | undefined
  /** The newest version's number; numbers are never used twice. */
  readonly newestVersion: string
  readonly createdAt: string
  readonly lastUpdatedAt: string
}

/** Immutable but for its state: everything else was given once. */
export interface RuntimeVersionRecord {
  readonly agentRuntimeId: AgentRuntimeId
  readonly version: string
  readonly definition: RuntimeDefinition
  readonly state: VersionState
  readonly createdAt: string
  readonly lastUpdatedAt: string
}

export type VersionState =
  | { readonly status: 'CREATING' | 'UPDATING' }
  /** `codeSha256` names the code as it was when the version was made. */
  | { readonly status: 'READY'; readonly codeSha256?: string | undefined }
  | { readonly status: 'CREATE_FAILED' | 'UPDATE_FAILED'; readonly failureReason: string }

export type RuntimeStatus = VersionState['status']

export interface EndpointRecord {
  readonly agentRuntimeId: AgentRuntimeId
  readonly name: string
  /** As the service model spells it; what stands before the hyphen is an assumption. */
  readonly id: string
  readonly description?: string | undefined
  /** What new sessions use; undefined until the first version is ready. */
  readonly liveVersion?: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly createdAt: string
  readonly lastUpdatedAt: string
}

/** The endpoint that follows the newest version that is ready. */
export const DEFAULT_ENDPOINT = 'DEFAULT'

/** What CreateAgentRuntime and UpdateAgentRuntime say of a version, defaults filled in. */
export interface RuntimeDefinition {
  /** Undefined for what an app file describes: its processes are started from there. */
  readonly agentRuntimeArtifact?: AgentRuntimeArtifact | undefined
  readonly roleArn: string
  readonly description?: string | undefined
  readonly networkConfiguration: { readonly networkMode: 'PUBLIC' }
  readonly protocol: ServerProtocolName
  readonly authorizerConfiguration?: {
    readonly customJWTAuthorizer: CustomJwtAuthorizer
  }
  readonly requestHeaderAllowlist?: readonly string[] | undefined
  readonly lifecycleConfiguration: {
    readonly idleRuntimeSessionTimeout: number
    readonly maxLifetime: number
  }
  readonly environmentVariables: Readonly<Record<string, string>>
  /** Stored and told; a runtime without it is served all the same. */
  readonly requireMMDSV2: boolean
  /** Stored and told; both start the same processes here. */
  readonly platformVersion: 'V1' | 'V2'
}

export type AgentRuntimeArtifact =
  | { readonly kind: 'code'; readonly code: CodeConfiguration }
  | { readonly kind: 'container'; readonly containerUri: string }

export interface CodeConfiguration {
  readonly s3: S3Location
  readonly runtime: CodeRuntime
  readonly entryPoint: readonly string[]
}

export interface S3Location {
  readonly bucket: string
  /** The object's key. */
  readonly prefix: string
  readonly versionId?: string | undefined
}

export type CodeRuntime =
  | 'NODE_22'
  | 'PYTHON_3_10'
  | 'PYTHON_3_11'
  | 'PYTHON_3_12'
  | 'PYTHON_3_13'
  | 'PYTHON_3_14'
