import { ErrorCode, REVISIONS } from '@catamaran/tools/protocol'
import { parseArn } from '../aws/arn.ts'
import type { AwsAuthenticator } from '../aws/authenticate.ts'
import type { AwsCaller } from '../aws/caller.ts'
import { readResourcePolicy } from '../aws/resource-policy.ts'
import type { Log } from '../kernel/log.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { createAdmission } from './admission.ts'
import { createCatalogue, type InvokerFor } from './catalogue.ts'
import { clientContextHead } from './client-context.ts'
import type { FunctionInvoker } from './function-invoker.ts'
import type { GatewayRecord } from './gateway-record.ts'
import type { GatewayState } from './gateway-table.ts'
import { lambdaToolInvoker, type CallLimits } from './lambda-tool-invoker.ts'
import type { McpServers } from './mcp-server/mcp-servers.ts'
import { METHOD_NAMES } from './methods.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { ServedGateway } from './served-gateway.ts'
import type { TargetRecord } from './target-record.ts'
import type { ToolInvoker } from './tool-invoker.ts'
import type { Tool } from './tool.ts'

export interface ServingOptions {
  readonly functions: FunctionInvoker
  /** Shared between those that trust the same issuer, with the tokens that were verified. */
  readonly authorizerFor: (config: CustomJwtAuthorizer) => JwtAuthorizer
  readonly aws: AwsAuthenticator
  /** Loaded for the first call of an MCP server. */
  readonly mcpServers: () => Promise<McpServers>
  readonly log: Log
  readonly limits: CallLimits
}

/** What serves a gateway: its catalogue and everybody who takes part in a call. */
export function createServedGateway(
  { record, targets }: GatewayState,
  rateLimiter: RateLimiter | undefined,
  { functions, authorizerFor, aws, mcpServers, log, limits }: ServingOptions,
): ServedGateway {
  const { supportedVersions, searchType } = record.protocolConfiguration.mcp
  const { resourcePolicy } = record
  const invokerFor: InvokerFor = (target, tool, name) => {
    const { lambda } = target.targetConfiguration.mcp
    if (lambda === undefined) return mcpToolInvoker({ record, target, tool }, mcpServers)
    const { lambdaArn } = lambda
    const { metadataConfiguration } = target
    const contextHead = clientContextHead(target, name)
    const outsider = isOwnFunction(lambdaArn, record) ? undefined : describeRole(record)
    const lambdaTool = { functions, lambdaArn, contextHead, metadataConfiguration, outsider }
    return lambdaToolInvoker({ ...lambdaTool, limits })
  }
  return {
    record,
    admission: createAdmission(record, {
      authorizer: createAuthorizer(record, authorizerFor),
      aws,
      policy: resourcePolicy === undefined ? undefined : readResourcePolicy(resourcePolicy),
    }),
    rateLimiter,
    rules: {
      revisions: REVISIONS.filter((revision) => supportedVersions.includes(revision)),
      methods: METHOD_NAMES,
      refusedRevisionCode: ErrorCode.invalidRequest, // as recorded on live gateways
    },
    catalogue: createCatalogue(targets.values(), invokerFor, {
      hasSearch: searchType === 'SEMANTIC',
    }),
    log,
    maxPayloadBytes: limits.maxPayloadBytes,
  }
}

/** What runs a tool of an MCP server, once everything for that is loaded. */
function mcpToolInvoker(
  { record, target, tool }: { record: GatewayRecord; target: TargetRecord; tool: Tool },
  mcpServers: ServingOptions['mcpServers'],
): ToolInvoker {
  let invoker: ToolInvoker | undefined
  return {
    about: { endpoint: target.targetConfiguration.mcp.mcpServer?.endpoint },
    async callTool(...call) {
      invoker ??= (await mcpServers()).invokerFor(record, target, tool)
      return invoker.callTool(...call)
    },
  }
}

function createAuthorizer(
  record: GatewayRecord,
  authorizerFor: ServingOptions['authorizerFor'],
): JwtAuthorizer | undefined {
  const config = 'authorizerConfiguration' in record ? record.authorizerConfiguration : undefined
  return config && authorizerFor(config.customJWTAuthorizer)
}

function isOwnFunction(lambdaArn: string, { scope }: GatewayRecord): boolean {
  return parseArn(lambdaArn)?.accountId === scope.accountId
}

/** Whom another account's policy may name: the role, where it is of the gateway's own account. */
function describeRole({ scope, roleArn, gatewayId }: GatewayRecord): AwsCaller {
  const isOwn = roleArn !== undefined && parseArn(roleArn)?.accountId === scope.accountId
  const arn = isOwn ? roleArn : `arn:aws:iam::${scope.accountId}:root`
  return { scope, accessKeyId: gatewayId, arn, userId: gatewayId }
}
