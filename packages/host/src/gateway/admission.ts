// Who may call a gateway (AgentCore developer guide, inbound authorization): the holders of certain
// tokens, callers who sign with Signature Version 4, or anybody. The gateway's resource policy is asked
// about signed callers, and may deny what it says no other caller may do.
//
// AUTHENTICATE_ONLY wants either proof and checks no permission. The guide has two readings of it, for
// signatures and for tokens; here a token is read where a token authorizer is configured.
import { evaluateResourcePolicy, type ResourcePolicy } from '../aws/resource-policy.ts'
import { AwsFault } from '../aws/aws-fault.ts'
import type { AuthenticationClaim, AwsAuthenticator } from '../aws/authenticate.ts'
import { isSigned } from '../aws/signature-claim.ts'
import { singleHeader } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Caller } from '../oauth/caller.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import type { GatewayRecord } from './gateway-record.ts'
import type { GatewayRequest, InboundCaller } from './inbound-call.ts'

/** Decides who may call; refuses by throwing OAuthRefusal, AwsFault or HostError. */
export interface Admission {
  /** Undefined when no token is read. */
  readonly authorizer: JwtAuthorizer | undefined
  admit(inbound: GatewayRequest): InboundCaller | Promise<InboundCaller>
  /** What can be said before the body is read, which a signature covers. */
  admitUnread(inbound: GatewayRequest): unknown
}

export const ANYBODY: InboundCaller = { kind: 'anybody' }

const SIGNING_NAME = 'bedrock-agentcore'
const ACTION = 'bedrock-agentcore:InvokeGateway'

export interface AdmissionOptions {
  readonly authorizer: JwtAuthorizer | undefined
  readonly aws: AwsAuthenticator
  readonly policy: ResourcePolicy | undefined
}

/** Undefined when anybody may call and no policy says otherwise. */
export function createAdmission(
  record: GatewayRecord,
  { authorizer, aws, policy }: AdmissionOptions,
): Admission | undefined {
  const allow = (caller: InboundCaller): InboundCaller => {
    const isKnown = caller.kind === 'signed'
    if (policy === undefined && !isKnown) return caller
    const decision = evaluateResourcePolicy(policy, {
      caller: isKnown ? caller.caller : 'anonymous-jwt',
      action: ACTION,
      resourceArn: record.gatewayArn,
      resourceAccountId: record.scope.accountId,
    })
    if (decision === 'allowed') return caller
    const who = isKnown ? `User: ${caller.caller.arn}` : 'The caller'
    const message = `${who} is not authorized to perform: ${ACTION} on resource: ${record.gatewayArn}`
    throw new HostError('ERR_FORBIDDEN', message)
  }
  const claim = (inbound: GatewayRequest) => readClaim(aws, inbound)
  const signed = (inbound: GatewayRequest): InboundCaller => {
    const signature = claim(inbound)
    signature.confirm(Buffer.from(inbound.body ?? ''))
    return { kind: 'signed', caller: signature.caller }
  }
  switch (record.authorizerType) {
    case 'NONE': {
      if (policy === undefined) return undefined
      const admit = () => allow(ANYBODY)
      return { authorizer, admit, admitUnread: admit }
    }
    case 'CUSTOM_JWT': {
      if (authorizer === undefined) throw new Error('CUSTOM_JWT without an authorizer')
      const admit = (inbound: GatewayRequest) => {
        const caller = bearer(authorizer, inbound)
        return caller instanceof Promise ? caller.then(allow) : allow(caller)
      }
      return { authorizer, admit, admitUnread: admit }
    }
    case 'AWS_IAM':
      return {
        authorizer: undefined,
        admit: (inbound) => allow(signed(inbound)),
        admitUnread: (inbound) => allow({ kind: 'signed', caller: claim(inbound).caller }),
      }
    case 'AUTHENTICATE_ONLY':
      return {
        authorizer,
        admit: (inbound) =>
          authorizer && !isSigned(inbound) ? bearer(authorizer, inbound) : signed(inbound),
        admitUnread: (inbound) =>
          authorizer && !isSigned(inbound) ? bearer(authorizer, inbound) : claim(inbound),
      }
  }
}

/** A token seen before is answered without a promise. */
function bearer(
  authorizer: JwtAuthorizer,
  { headers }: GatewayRequest,
): InboundCaller | Promise<InboundCaller> {
  const header = singleHeader(headers.authorization)
  const admitted = (caller: Caller): InboundCaller => ({
    kind: 'token',
    caller,
    token: header?.slice('Bearer '.length).trim() ?? '',
  })
  const caller = authorizer.authorize(header)
  return caller instanceof Promise ? caller.then(admitted) : admitted(caller)
}

/** Who says to have signed, for the service that a gateway belongs to. */
function readClaim(aws: AwsAuthenticator, inbound: GatewayRequest): AuthenticationClaim {
  const { method, path, query, headers } = inbound
  const claim = aws.claim({ method, path, query, headers })
  if (claim.service === SIGNING_NAME) return claim
  const message = `Credential should be scoped to correct service: '${SIGNING_NAME}'.`
  throw new AwsFault('InvalidSignatureException', 403, message)
}
