// What CreateAgentRuntime and UpdateAgentRuntime ask for, checked beyond the service model. What this
// host cannot do is refused, for a runtime that is READY and does something else would mislead:
// - networkMode VPC: servers use the network of this machine.
// - filesystemConfigurations: a session has its own folder (HOME), which goes with it; nothing is mounted.
// - capacityProviderConfiguration, A2A and AGUI: not there.
// - code.s3.versionId: local buckets keep no versions.
import { HostError } from '../kernel/host-error.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type {
  AgentRuntimeArtifact,
  CodeRuntime,
  RuntimeDefinition,
} from './agent-runtime-record.ts'
import { checkEntryPoint } from './code-launch.ts'
import { DEFAULT_PLATFORM_VERSION } from './compat.ts'
import { readHeaderAllowlist } from './header-allowlist.ts'
import { readLifecycle } from './read-lifecycle.ts'

/** The members as the service model spells them; a caller's whole description of a version. */
export interface DefinitionInput {
  readonly agentRuntimeArtifact: {
    readonly codeConfiguration?:
      | {
          readonly code: {
            readonly s3?:
              | {
                  readonly bucket: string
                  readonly prefix: string
                  readonly versionId?: string | undefined
                }
              | undefined
          }
          readonly runtime: CodeRuntime
          readonly entryPoint: readonly string[]
        }
      | undefined
    readonly containerConfiguration?: { readonly containerUri: string } | undefined
  }
  readonly roleArn: string
  readonly description?: string | undefined
  readonly networkConfiguration?: { readonly networkMode: 'PUBLIC' | 'VPC' } | undefined
  readonly protocolConfiguration?:
    | { readonly serverProtocol: 'MCP' | 'HTTP' | 'A2A' | 'AGUI' }
    | undefined
  readonly authorizerConfiguration?: { readonly customJWTAuthorizer?: unknown } | undefined
  readonly requestHeaderConfiguration?:
    | { readonly requestHeaderAllowlist?: readonly string[] | undefined }
    | undefined
  readonly lifecycleConfiguration?:
    | {
        readonly idleRuntimeSessionTimeout?: number | undefined
        readonly maxLifetime?: number | undefined
      }
    | undefined
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined
  readonly filesystemConfigurations?: readonly unknown[] | undefined
  readonly capacityProviderConfiguration?: unknown
  readonly metadataConfiguration?: { readonly requireMMDSV2: boolean } | undefined
  readonly platformVersion?: 'V1' | 'V2' | undefined
}

/** A version's definition, defaults filled in; `before` is the version that it replaces. */
export async function readDefinition(
  input: DefinitionInput,
  before?: RuntimeDefinition,
): Promise<RuntimeDefinition> {
  refuseWhatIsNotHere(input)
  const authorizer = await readAuthorizer(input)
  const requestHeaderAllowlist = input.requestHeaderConfiguration?.requestHeaderAllowlist
  readHeaderAllowlist(requestHeaderAllowlist, { hasAuthorizer: authorizer !== undefined })
  return {
    agentRuntimeArtifact: readArtifact(input.agentRuntimeArtifact),
    roleArn: input.roleArn,
    description: input.description,
    networkConfiguration: { networkMode: 'PUBLIC' },
    protocol: readProtocol(input),
    ...(authorizer && { authorizerConfiguration: { customJWTAuthorizer: authorizer } }),
    requestHeaderAllowlist,
    lifecycleConfiguration: readLifecycle(input.lifecycleConfiguration),
    environmentVariables: readVariables(input.environmentVariables),
    requireMMDSV2: input.metadataConfiguration?.requireMMDSV2 ?? true,
    platformVersion: input.platformVersion ?? before?.platformVersion ?? DEFAULT_PLATFORM_VERSION,
  }
}

function refuseWhatIsNotHere(input: DefinitionInput): void {
  const { networkConfiguration, filesystemConfigurations, capacityProviderConfiguration } = input
  if (networkConfiguration?.networkMode === 'VPC') {
    throw notHere('networkMode VPC is not served here: use PUBLIC, the network of this machine')
  }
  if (filesystemConfigurations !== undefined && filesystemConfigurations.length > 0) {
    throw notHere('filesystemConfigurations are not served here: a session has its own HOME folder')
  }
  if (capacityProviderConfiguration !== undefined) {
    throw notHere('capacityProviderConfiguration is not served here: leave it out')
  }
}

function readProtocol({ protocolConfiguration }: DefinitionInput): 'MCP' | 'HTTP' {
  const { serverProtocol = 'HTTP' } = protocolConfiguration ?? {}
  if (serverProtocol === 'MCP' || serverProtocol === 'HTTP') return serverProtocol
  throw notHere(`serverProtocol ${serverProtocol} is not served here yet: use MCP or HTTP`)
}

function readArtifact({
  codeConfiguration,
  containerConfiguration,
}: DefinitionInput['agentRuntimeArtifact']): AgentRuntimeArtifact {
  if (containerConfiguration !== undefined) {
    return { kind: 'container', containerUri: containerConfiguration.containerUri }
  }
  const s3 = codeConfiguration?.code.s3
  if (codeConfiguration === undefined || s3 === undefined) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'agentRuntimeArtifact needs containerConfiguration, or codeConfiguration with code.s3',
    )
  }
  if (s3.versionId !== undefined) {
    throw notHere('code.s3.versionId is not served here: local buckets keep no versions')
  }
  const { runtime, entryPoint } = codeConfiguration
  const { bucket, prefix } = s3
  const code = { s3: { bucket, prefix }, runtime, entryPoint }
  checkEntryPoint(code)
  return { kind: 'code', code }
}

async function readAuthorizer({
  authorizerConfiguration,
}: DefinitionInput): Promise<CustomJwtAuthorizer | undefined> {
  const config = authorizerConfiguration?.customJWTAuthorizer
  if (config === undefined) return undefined
  const { readCustomJwtAuthorizer } = await import('../oauth/read-custom-jwt-authorizer.ts')
  return readCustomJwtAuthorizer(config)
}

function readVariables(
  variables: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const wrong = Object.entries(variables).find(
    // A line end would make two variables of one where an engine reads them from a file.
    ([name, value]) => /[=\0\r\n]/.test(name) || value.includes('\0'),
  )
  if (wrong === undefined) return variables
  throw new HostError(
    'ERR_INVALID_INPUT',
    `environmentVariables: ${JSON.stringify(wrong[0])} cannot be a variable: no = and no line end in a name, no zero character`,
  )
}

function notHere(message: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', message)
}
