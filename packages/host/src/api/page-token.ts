// What callers get as `nextToken`: the last key of a page, bound to the list it came from. A token
// from another operation, account, Region or parent resource is refused and not misunderstood. It is
// no secret and no permission: whoever may list may look.
import { createHash } from 'node:crypto'
import type { Operation } from '../aws/service-model.ts'

const INPUT_NAMES = ['nextToken', 'NextToken', 'Marker', 'PaginationToken']
const OUTPUT_NAMES = ['nextToken', 'NextToken', 'NextMarker', 'PaginationToken']
const CHECK_BYTES = 9

/** The member of a list operation's input that continues it. */
export function findTokenInput({ input }: Operation): string | undefined {
  return INPUT_NAMES.find((name) => input?.members.has(name))
}

/** The member of a list operation's output that says there is more. */
export function findTokenOutput({ output }: Operation): string | undefined {
  return OUTPUT_NAMES.find((name) => output?.members.has(name))
}

/** A key as a token of one list; `list` names the list, whatever makes it different from others. */
export function formatPageToken(key: string, list: string): string {
  return Buffer.concat([check(key, list), Buffer.from(key)]).toString('base64url')
}

/** The key, or undefined when the token is not one that this list gave. */
export function parsePageToken(token: string, list: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  const key = bytes.subarray(CHECK_BYTES).toString('utf8')
  return formatPageToken(key, list) === token ? key : undefined
}

function check(key: string, list: string): Buffer {
  const hash = createHash('sha256')
    .update(JSON.stringify([list, key]))
    .digest()
  return hash.subarray(0, CHECK_BYTES)
}
