// Keys for an assumed role. Nothing is kept: the session token is the sealed record of its own key, so
// it is good after a restart, on every host with the same master key, and until it expires.
import { randomBytes } from 'node:crypto'
import type { AccessKey } from '../../aws/authenticate.ts'
import { HostError } from '../../kernel/host-error.ts'
import { randomText } from '../../kernel/ids.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Sealer } from '../../kernel/seal.ts'

export interface TemporaryKey extends AccessKey {
  readonly accessKeyId: string
  readonly sessionToken: string
  readonly expiresAt: Date
}

/** What is inside a session token. */
interface TokenRecord extends Omit<AccessKey, 'expiresAt'> {
  readonly accessKeyId: string
  readonly expiresAt: string
}

const CONTEXT = 'sts-session-token'
const KEY_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const MAX_TOKEN_LENGTH = 4_096

export interface TemporaryKeys {
  createTemporaryKey(identity: Identity, expiresAt: Date): TemporaryKey
  /** Undefined when the session token is not one of ours, or another key's. */
  findTemporaryKey(accessKeyId: string, sessionToken: string | undefined): AccessKey | undefined
}

type Identity = Pick<AccessKey, 'accountId' | 'arn' | 'userId'>

export function createTemporaryKeys(sealer: Sealer): TemporaryKeys {
  return {
    createTemporaryKey({ accountId, arn, userId }, expiresAt) {
      const accessKeyId = `ASIA${randomText(KEY_ID_ALPHABET, 16)}`
      const secretAccessKey = randomBytes(30).toString('base64')
      const key = { accountId, arn, userId, accessKeyId, secretAccessKey }
      const record: TokenRecord = { ...key, expiresAt: expiresAt.toISOString() }
      return { ...key, expiresAt, sessionToken: sealer.seal(JSON.stringify(record), CONTEXT) }
    },

    findTemporaryKey(accessKeyId, sessionToken) {
      if (!sessionToken?.startsWith('v1.') || sessionToken.length > MAX_TOKEN_LENGTH)
        return undefined
      const record = openToken(sealer, sessionToken)
      if (record?.accessKeyId !== accessKeyId) return undefined
      const { secretAccessKey, accountId, arn, userId, expiresAt } = record
      return { secretAccessKey, accountId, arn, userId, expiresAt: new Date(expiresAt) }
    },
  }
}

/** Who a hosted program or a gateway is: its role, in a session of this host's. */
export function roleIdentity({ accountId }: Scope, roleArn = ''): Identity {
  const role = /^arn:aws[^:]*:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(roleArn)?.[1] ?? 'hosted'
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role}/catamaran`
  return { accountId, arn, userId: `${role}:catamaran` }
}

function openToken(sealer: Sealer, sessionToken: string): TokenRecord | undefined {
  try {
    return JSON.parse(sealer.open(sessionToken, CONTEXT)) as TokenRecord
  } catch (error) {
    if (error instanceof HostError) return undefined // sealed by another key, or changed
    throw error
  }
}
