import { ErrorCode } from '@catamaran/tools/protocol'
import type { Log } from '../kernel/log.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { createCatalogue } from './catalogue.ts'
import type { FunctionInvoker } from './function-invoker.ts'
import type { GatewayRecord } from './gateway-record.ts'
import { METHOD_NAMES } from './methods.ts'
import type { ServedGateway } from './served-gateway.ts'

export interface ServingOptions {
  readonly functions: FunctionInvoker
  readonly authorizerFor: (config: CustomJwtAuthorizer) => JwtAuthorizer
  readonly log: Log
  readonly maxPayloadBytes?: number
  /** How long a tool call may take; the function's own limit is usually shorter. */
  readonly timeoutMs?: number
}

/** AgentCore quotas: payload of a request and of a response, invocation time. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024
const MAX_CALL_MS = 15 * 60_000

/** What serves a record; an old one hands on its targets and the tokens it has verified. */
export function createServedGateway(
  record: GatewayRecord,
  old: ServedGateway | undefined,
  { functions, log, authorizerFor, ...limits }: ServingOptions,
): ServedGateway {
  return {
    record,
    authorizer: keepsAuthorizer(record, old?.record)
      ? old?.authorizer
      : createAuthorizer(record, authorizerFor),
    rules: {
      revisions: record.protocolConfiguration.mcp.supportedVersions,
      methods: METHOD_NAMES,
      refusedRevisionCode: ErrorCode.invalidRequest, // as recorded on live gateways
    },
    catalogue: old?.catalogue ?? createCatalogue([]),
    functions,
    log,
    maxPayloadBytes: limits.maxPayloadBytes ?? MAX_PAYLOAD_BYTES,
    timeoutMs: limits.timeoutMs ?? MAX_CALL_MS,
  }
}

/** An authorizer remembers the tokens it verified; the same configuration need not ask again. */
function keepsAuthorizer(record: GatewayRecord, old: GatewayRecord | undefined): boolean {
  return old !== undefined && authorizerKey(record) === authorizerKey(old)
}

function authorizerKey(record: GatewayRecord): string {
  return record.authorizerType === 'NONE' ? '' : JSON.stringify(record.authorizerConfiguration)
}

function createAuthorizer(
  record: GatewayRecord,
  authorizerFor: ServingOptions['authorizerFor'],
): JwtAuthorizer | undefined {
  if (record.authorizerType === 'NONE') return undefined
  return authorizerFor(record.authorizerConfiguration.customJWTAuthorizer)
}
