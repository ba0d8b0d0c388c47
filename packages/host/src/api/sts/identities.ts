// Who a caller is, and who a caller may become. Roles may be named freely: there is no IAM here, so a
// trust policy, an external id or a multi-factor code has nothing to be checked against. That is why, where
// signatures are verified, a key becomes roles of its own account only. Session
// policies and session tags would have to be enforced to mean anything and are refused.
import { createHash } from 'node:crypto'
import { parseArn } from '../../aws/arn.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import type { StsOperations } from './shapes.ts'
import type { TemporaryKeys } from './temporary-keys.ts'

const DEFAULT_DURATION_SECONDS = 3_600
/** Keys of a role that were themselves got from a role last an hour at most (IAM, role chaining). */
const MAX_CHAINED_SECONDS = 3_600

export interface RoleRules {
  /** Whether a key of one account may become a role of another: where any key is accepted anyway. */
  readonly allowOtherAccounts: boolean
}

export function identityOperations(
  temporaryKeys: TemporaryKeys,
  { allowOtherAccounts }: RoleRules,
  now = () => new Date(),
): Handlers<StsOperations> {
  return {
    GetCallerIdentity(_, { caller }) {
      return { UserId: caller.userId, Account: caller.scope.accountId, Arn: caller.arn }
    },

    AssumeRole(input, { caller }) {
      const { RoleArn: roleArn, RoleSessionName: sessionName } = input
      const { accountId, name } = readRole(roleArn)
      refuseUnenforced(input)
      if (accountId !== caller.scope.accountId && !allowOtherAccounts) {
        throw new HostError(
          'ERR_FORBIDDEN',
          `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}; a key of this host becomes roles of its own account only`,
        )
      }
      const seconds = input.DurationSeconds ?? DEFAULT_DURATION_SECONDS
      if (isAssumedRole(caller.arn) && seconds > MAX_CHAINED_SECONDS) {
        throw new HostError(
          'ERR_INVALID_INPUT',
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
        )
      }
      const arn = `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`
      const assumedRoleId = `${roleId(roleArn)}:${sessionName}`
      const expiresAt = new Date(now().getTime() + seconds * 1000)
      const identity = { accountId, arn, userId: assumedRoleId }
      const key = temporaryKeys.createTemporaryKey(identity, expiresAt)
      return {
        Credentials: {
          AccessKeyId: key.accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          SessionToken: key.sessionToken,
          Expiration: key.expiresAt,
        },
        AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
        SourceIdentity: input.SourceIdentity,
      }
    },
  }
}

/** The session's ARN leaves out the role's path, like AWS does. */
function readRole(arn: string): { accountId: string; name: string } {
  const { service, accountId = '', resource = '' } = parseArn(arn) ?? {}
  const name = /^role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,64})$/.exec(resource)?.[1]
  if (service === 'iam' && accountId !== '' && name !== undefined) return { accountId, name }
  throw new HostError('ERR_INVALID_INPUT', `${arn} is invalid: it must name a role of an account`)
}

function refuseUnenforced(input: object): void {
  for (const name of ['Policy', 'PolicyArns', 'Tags', 'TransitiveTagKeys']) {
    if (!(name in input)) continue
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      `${name} is not enforced by this host, so not accepted`,
    )
  }
}

function isAssumedRole(arn: string): boolean {
  return parseArn(arn)?.resource.startsWith('assumed-role/') === true
}

/** Roles are not kept, so the id of one is made from its name: the same one every time. */
function roleId(roleArn: string): string {
  const hash = createHash('sha256').update(roleArn).digest('hex').toUpperCase()
  return `AROA${hash.slice(0, 17)}`
}
