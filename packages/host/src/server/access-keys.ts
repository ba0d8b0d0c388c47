import type { TemporaryKeys } from '../api/sts/temporary-keys.ts'
import type { AccessKeys } from '../aws/authenticate.ts'
import type { AccessKey } from './host-settings.ts'

/** The keys that the operator configured, and those that sts:AssumeRole has handed out. */
export function accessKeys(
  configured: readonly AccessKey[],
  temporaryKeys: TemporaryKeys,
): AccessKeys {
  const byId = new Map(configured.map((key) => [key.accessKeyId, key]))
  return {
    find(accessKeyId, sessionToken) {
      const temporary = temporaryKeys.findTemporaryKey(accessKeyId, sessionToken)
      if (temporary !== undefined) return temporary
      const key = byId.get(accessKeyId)
      if (key === undefined) return undefined
      const { accountId, secretAccessKey, arn = `arn:aws:iam::${accountId}:root` } = key
      const userId = arn.endsWith(':root') ? accountId : accessKeyId
      return { secretAccessKey: secretAccessKey.reveal(), accountId, arn, userId }
    },
  }
}
