// Agent runtimes and their versions (bedrock-agentcore-control 2023-06-05). What is refused although the
// model has it: networkMode VPC, filesystemConfigurations, capacityProviderConfiguration, the protocols
// A2A and AGUI, code.s3.versionId. ListAgentRuntimeVersionsByCapacityProvider is not served.
import type { AgentRuntimeRecord, RuntimeDefinition } from '../../runtime/agent-runtime-record.ts'
import type { DescribedVersion } from '../../runtime/runtime-operations.ts'
import type { Runtimes } from '../../runtime/start-runtimes.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { AgentRuntime, BedrockAgentcoreControlOperations } from './shapes.ts'

/** Service model: maxResults. */
const PAGE_LIMIT = 100
/** Versions are numbered; as keys of a list they are as long as the longest. */
const VERSION_DIGITS = 5

export function agentRuntimeOperations({
  runtimes,
}: {
  readonly runtimes: Pick<Runtimes, 'control'>
}): Handlers<BedrockAgentcoreControlOperations> {
  return {
    async CreateAgentRuntime(input, { scope }) {
      const operations = await runtimes.control()
      const { record, version } = await operations.createRuntime(scope, input)
      return {
        ...idsOf(record),
        agentRuntimeVersion: version.version,
        createdAt: new Date(record.createdAt),
        status: 'CREATING',
        ...identityOf(record),
      }
    },

    async UpdateAgentRuntime({ agentRuntimeId, ...input }, { scope }) {
      const operations = await runtimes.control()
      const { record, version } = await operations.updateRuntime(scope, agentRuntimeId, input)
      return {
        ...idsOf(record),
        agentRuntimeVersion: version.version,
        createdAt: new Date(record.createdAt),
        lastUpdatedAt: new Date(record.lastUpdatedAt),
        status: 'UPDATING',
        ...identityOf(record),
      }
    },

    async GetAgentRuntime({ agentRuntimeId, agentRuntimeVersion }, { scope }) {
      const operations = await runtimes.control()
      const { record, version } = operations.getRuntime(scope, agentRuntimeId, agentRuntimeVersion)
      const { state } = version
      return {
        ...idsOf(record),
        ...identityOf(record),
        ...describeDefinition(version.definition),
        agentRuntimeName: record.agentRuntimeName,
        agentRuntimeVersion: version.version,
        createdAt: new Date(record.createdAt),
        lastUpdatedAt: new Date(version.lastUpdatedAt),
        status: state.status,
        ...('failureReason' in state && { failureReason: state.failureReason }),
      }
    },

    async DeleteAgentRuntime({ agentRuntimeId, agentRuntimeVersion }, { scope }) {
      const operations = await runtimes.control()
      const { version } = await operations.deleteRuntime(scope, agentRuntimeId, agentRuntimeVersion)
      return { agentRuntimeId, agentRuntimeVersion: version.version, status: 'DELETING' }
    },

    async ListAgentRuntimes({ maxResults, nextToken }, { scope }) {
      const operations = await runtimes.control()
      const keyOf = ({ record }: DescribedVersion) => record.agentRuntimeId
      const options = { maxResults, nextToken, limit: PAGE_LIMIT, keyOf }
      const page = paginate(operations.listRuntimes(scope), options)
      return { agentRuntimes: page.items.map(summarize), nextToken: page.nextToken }
    },

    async ListAgentRuntimeVersions({ agentRuntimeId, maxResults, nextToken }, { scope }) {
      const operations = await runtimes.control()
      const keyOf = ({ version }: DescribedVersion) => version.version.padStart(VERSION_DIGITS, '0')
      const options = { maxResults, nextToken, limit: PAGE_LIMIT, keyOf }
      const page = paginate(operations.listVersions(scope, agentRuntimeId), options)
      return { agentRuntimes: page.items.map(summarize), nextToken: page.nextToken }
    },
  }
}

function idsOf({ agentRuntimeArn, agentRuntimeId }: AgentRuntimeRecord) {
  return { agentRuntimeArn, agentRuntimeId }
}

function identityOf({ workloadIdentityArn }: AgentRuntimeRecord) {
  return workloadIdentityArn === undefined
    ? {}
    : { workloadIdentityDetails: { workloadIdentityArn } }
}

function describeDefinition({
  agentRuntimeArtifact: artifact,
  protocol,
  authorizerConfiguration,
  requestHeaderAllowlist,
  requireMMDSV2,
  ...members
}: RuntimeDefinition) {
  const { roleArn, description, networkConfiguration, lifecycleConfiguration } = members
  const { environmentVariables, platformVersion } = members
  return {
    roleArn,
    description,
    networkConfiguration,
    lifecycleConfiguration,
    environmentVariables,
    platformVersion,
    ...(artifact && { agentRuntimeArtifact: describeArtifact(artifact) }),
    protocolConfiguration: { serverProtocol: protocol },
    ...(authorizerConfiguration && { authorizerConfiguration }),
    ...(requestHeaderAllowlist && { requestHeaderConfiguration: { requestHeaderAllowlist } }),
    metadataConfiguration: { requireMMDSV2 },
  }
}

function describeArtifact(artifact: NonNullable<RuntimeDefinition['agentRuntimeArtifact']>) {
  if (artifact.kind === 'container') {
    return { containerConfiguration: { containerUri: artifact.containerUri } }
  }
  const { s3, runtime, entryPoint } = artifact.code
  return { codeConfiguration: { code: { s3 }, runtime, entryPoint } }
}

function summarize({ record, version }: DescribedVersion): AgentRuntime {
  return {
    ...idsOf(record),
    agentRuntimeName: record.agentRuntimeName,
    agentRuntimeVersion: version.version,
    description: version.definition.description ?? '', // required in the item's shape
    lastUpdatedAt: new Date(version.lastUpdatedAt),
    status: version.state.status,
  }
}
