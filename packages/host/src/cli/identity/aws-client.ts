import { callHttp } from '../../http/call.ts'
import { signRequest } from '../../aws/sign-request.ts'
import { HostError, type HostErrorCode } from '../../kernel/host-error.ts'
import { chooseRegion } from '../exec/choose-region.ts'
import type { LocalKeys } from '../exec/aws-variables.ts'
import { localKeys } from '../exec/local-keys.ts'
import type { ScopeFlags } from '../flags.ts'
import type { ReachedHost } from '../host-record.ts'

/** Calls the host's AWS API as any other client does: signed, over the wire. */
export interface AwsClient {
  readonly region: string
  /** An operation of AgentCore: a path, and a body in JSON. */
  agentCore(path: string, input: object): Promise<Record<string, unknown>>
  /** An operation of Cognito, by name. */
  cognito(operation: string, input: object): Promise<Record<string, unknown>>
}

/** A client with the keys and the Region that the flags and the environment give. */
export function createAwsClient(host: ReachedHost, flags: ScopeFlags): AwsClient {
  const keys = localKeys(host, process.env, flags.account)
  const region = chooseRegion(flags, process.env)
  const base = { url: host.url, region, keys }
  return {
    region,
    agentCore: (path, input) =>
      call({ ...base, path, service: 'bedrock-agentcore', type: 'application/json' }, input),
    cognito: (operation, input) =>
      call(
        {
          ...base,
          path: '/',
          service: 'cognito-idp',
          type: 'application/x-amz-json-1.1',
          target: `AWSCognitoIdentityProviderService.${operation}`,
        },
        input,
      ),
  }
}

interface SignedCall {
  readonly url: string
  readonly region: string
  readonly keys: LocalKeys
  readonly path: string
  readonly service: string
  readonly type: string
  readonly target?: string
}

async function call(request: SignedCall, input: object): Promise<Record<string, unknown>> {
  const { region, service, type, target, keys } = request
  const url = new URL(`${request.url}${request.path}`)
  const body = JSON.stringify(input)
  const plain = { 'content-type': type, ...(target !== undefined && { 'x-amz-target': target }) }
  const asked = { method: 'POST', url, headers: plain, body }
  const headers = signRequest(asked, { service, region }, keys)
  const answer = await callHttp(url.href, { method: 'POST', headers, body })
  const value = parseObject(answer.body)
  if (answer.status >= 200 && answer.status < 300) return value
  throw readFault(answer.status, value)
}

const CODES: Readonly<Record<number, HostErrorCode>> = {
  400: 'ERR_INVALID_INPUT',
  401: 'ERR_UNAUTHENTICATED',
  402: 'ERR_LIMIT_EXCEEDED',
  403: 'ERR_FORBIDDEN',
  404: 'ERR_NOT_FOUND',
  409: 'ERR_CONFLICT',
  429: 'ERR_THROTTLED',
}

/** What the host refused, as one of our own refusals: its message is for the caller already. */
function readFault(status: number, { message, Message }: Record<string, unknown>): HostError {
  const said = [message, Message].find((it) => typeof it === 'string')
  const isTaken = said?.includes('already exists') === true // told as 400 by AgentCore Identity
  const code = isTaken ? 'ERR_CONFLICT' : (CODES[status] ?? 'ERR_TARGET_FAILED')
  return new HostError(code, said ?? `The host answered ${status} and said nothing`)
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // not JSON: whatever answered is no AWS API, and the status says the rest
  }
  return {}
}
