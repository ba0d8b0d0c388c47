import { HostError } from '../../kernel/host-error.ts'
import { DEFAULT_SCOPE } from '../../kernel/scope.ts'
import type { HostRecord } from '../host-record.ts'
import type { LocalKeys, Variables } from './aws-variables.ts'

/**
 * The keys to sign with. A host that `up` started takes any, and reads the account from the key; for one
 * that verifies signatures, two variables of our own hold the keys, so that AWS's are never meant.
 */
export function localKeys(
  host: Pick<HostRecord, 'url' | 'verifiesSignatures'>,
  environment: Variables,
  account?: string,
): LocalKeys {
  const accessKeyId = environment['CATAMARAN_ACCESS_KEY_ID']
  const secretAccessKey = environment['CATAMARAN_SECRET_ACCESS_KEY']
  if (accessKeyId && secretAccessKey) {
    if (account === undefined) return { accessKeyId, secretAccessKey }
    throw new HostError(
      'ERR_INVALID_INPUT',
      'CATAMARAN_ACCESS_KEY_ID names the account already; unset it to use --account',
    )
  }
  if (host.verifiesSignatures !== true) {
    return {
      accessKeyId: account ?? DEFAULT_SCOPE.accountId,
      secretAccessKey: 'local-to-catamaran',
    }
  }
  throw new HostError(
    'ERR_UNAUTHENTICATED',
    `The host at ${host.url} verifies signatures; set CATAMARAN_ACCESS_KEY_ID and CATAMARAN_SECRET_ACCESS_KEY to one of the keys it was given`,
  )
}
