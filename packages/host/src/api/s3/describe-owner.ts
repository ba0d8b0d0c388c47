import { createHash } from 'node:crypto'

/** The canonical user id of an account: 64 hexadecimal digits that stay the same. */
export function describeOwner(accountId: string): { readonly ID: string } {
  return { ID: createHash('sha256').update(accountId).digest('hex') }
}
