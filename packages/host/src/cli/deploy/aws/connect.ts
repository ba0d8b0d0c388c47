import { HostError } from '../../../kernel/host-error.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { chooseRegion } from '../../exec/choose-region.ts'
import { localKeys } from '../../exec/local-keys.ts'
import type { ScopeFlags } from '../../flags.ts'
import type { ReachedHost } from '../../host-record.ts'
import { callSigned, type Connection } from './signed-call.ts'
import { readXml, textOf, childOf } from './read-xml.ts'

export interface Target {
  readonly host: ReachedHost
  /** Whom the keys stand for, as the host says. */
  readonly scope: Scope
  /** A connection for the account and Region that a stack names, or for our own. */
  connect(scope?: Scope): Connection
}

/** Finds out for which account and Region the flags, the environment and the host make us act. */
export async function findTarget(host: ReachedHost, flags: ScopeFlags): Promise<Target> {
  const region = chooseRegion(flags, process.env)
  const keysOf = (account?: string) => localKeys(host, process.env, account)
  const own: Connection = { hostUrl: host.url, region, keys: keysOf(flags.account) }
  const accountId = await readAccount(own, host)
  return {
    host,
    scope: { accountId, region },
    connect(scope = { accountId, region }) {
      if (scope.accountId === accountId) return { ...own, region: scope.region }
      if (process.env['CATAMARAN_ACCESS_KEY_ID'] || host.verifiesSignatures) {
        throw new HostError(
          'ERR_FORBIDDEN',
          `The stack belongs to the account ${scope.accountId}, and the keys here stand for ${accountId}`,
        )
      }
      return { hostUrl: host.url, region: scope.region, keys: keysOf(scope.accountId) }
    },
  }
}

/** A host that takes any key reads the account from it; otherwise the host knows whose key it is. */
async function readAccount(connection: Connection, host: ReachedHost): Promise<string> {
  const { accessKeyId } = connection.keys
  if (host.verifiesSignatures !== true && /^\d{12}$/.test(accessKeyId)) return accessKeyId
  const { status, body } = await callSigned(connection, {
    service: 'sts',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  })
  const answer = childOf(status === 200 ? readXml(body) : undefined, 'GetCallerIdentityResult')
  const account = textOf(answer, 'Account')
  if (account !== undefined) return account
  throw new HostError('ERR_UNAUTHENTICATED', `The host at ${host.url} does not take these keys`)
}
