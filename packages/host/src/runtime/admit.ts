import type { AwsCaller } from '../aws/caller.ts'
import { singleHeader, type Exchange } from '../http/exchange.ts'
import { authorize, type InboundCaller } from './authorize.ts'
import { MAX_BODY_BYTES } from './call-server.ts'
import { checkPolicy, type RuntimeAction } from './check-policy.ts'
import { RuntimeFault } from './fault.ts'
import { MAX_COMMAND_BODY_BYTES } from './compat.ts'
import { findRuntime, type FoundRuntime, type RuntimeTarget } from './find-runtime.ts'
import type { BodyStart } from './read-ahead.ts'
import { resourceMetadataUrl } from './resource-url.ts'
import type { ServeContext } from './serve-context.ts'
import type { SessionScope } from './session-table.ts'
import { isUnsignedBody, type SignedBody } from './signed-bodies.ts'
import type { WorkloadUser } from './ports.ts'

/** A caller who may go on. */
export interface AdmittedCaller {
  readonly scope: SessionScope
  /** For the server; undefined when the caller names no user. */
  readonly workloadToken: string | undefined
  /** The body, when it had to be read to know who signed it. */
  readonly body: BodyStart | undefined
  /** Says that the body is not needed any more. */
  readonly release: () => void
}

/** How much of a body is read to know who signed it: as much as the operation takes. */
const MAX_BYTES: Record<RuntimeAction, number> = {
  InvokeAgentRuntime: MAX_BODY_BYTES,
  InvokeAgentRuntimeCommand: MAX_COMMAND_BODY_BYTES,
  StopRuntimeSession: 64 * 1024,
}

const USER_ID_HEADER = 'x-amzn-bedrock-agentcore-runtime-user-id'
const MAX_USER_ID_CHARS = 1_024

/** Which version serves, and for whom. */
export async function admit(
  exchange: Exchange,
  target: RuntimeTarget,
  action: RuntimeAction,
  context: ServeContext,
): Promise<AdmittedCaller> {
  const found = findRuntime(target, context.runtimes)
  const { record, endpoint, version } = found
  let signed: SignedBody | undefined
  try {
    const caller = await authorize(version.inbound, {
      authorization: exchange.headers.authorization,
      resourceMetadataUrl: () => resourceMetadataUrl(exchange, target),
      authenticateAws: async () => {
        const { aws, body } = await authenticateAws(exchange, found, MAX_BYTES[action], context)
        signed = body
        return aws
      },
    })
    const user = userOf(exchange, caller)
    await checkPolicy(record, caller, action, user !== undefined && 'userId' in user)
    return {
      scope: { version, endpoint, owner: caller.owner },
      workloadToken: user && (await context.callerTokens.find(record, user)),
      body: signed && { bytes: signed.bytes, isWhole: true },
      release: () => signed?.release(),
    }
  } catch (error) {
    signed?.release()
    throw error
  }
}

/** Whose key signed; a stranger's body is not read. */
async function authenticateAws(
  { method, path, query, headers, request }: Exchange,
  { record }: FoundRuntime,
  maxBytes: number,
  { aws, signedBodies }: ServeContext,
): Promise<{ aws: AwsCaller; body: SignedBody | undefined }> {
  if (aws === undefined) {
    throw new RuntimeFault('AccessDenied', 'This host accepts no AWS signatures')
  }
  const claim = aws.claim({ method, path, query, headers })
  const { caller, service } = claim
  if (service !== 'bedrock-agentcore' || caller.scope.region !== record.scope.region) {
    throw new RuntimeFault(
      'AccessDenied',
      `Credential should be scoped to bedrock-agentcore in ${record.scope.region}`,
    )
  }
  if (isUnsignedBody({ headers })) {
    claim.confirm(undefined)
    return { aws: caller, body: undefined }
  }
  const { bytes, release } = await signedBodies.read(request, maxBytes)
  try {
    return { aws: caller, body: { bytes: Buffer.from(claim.confirm(bytes)), release } }
  } catch (error) {
    release()
    throw error
  }
}

/** For whom the server shall work: a token's own user, or one that the caller vouches for. */
function userOf({ headers }: Exchange, caller: InboundCaller): WorkloadUser | undefined {
  if (caller.by === 'jwt') return { token: caller.token }
  const userId = singleHeader(headers[USER_ID_HEADER])
  if (userId === undefined || userId === '') return undefined
  if (userId.length <= MAX_USER_ID_CHARS) return { userId }
  throw new RuntimeFault(
    'Validation',
    `${USER_ID_HEADER} is longer than ${MAX_USER_ID_CHARS} characters`,
  )
}
