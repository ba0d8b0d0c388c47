import type { PoolUser } from '../../issuer/pool-users.ts'
import { HostError } from '../../kernel/host-error.ts'

const FILTER = /^\s*"?([\w:]{1,64})"?\s*(\^?=)\s*"((?:[^"\\]|\\["\\])*)"\s*$/

/** The standard attributes that can be searched for; others cannot (ListUsers, Filter). */
const SEARCHABLE: Readonly<Record<string, (user: PoolUser) => string | undefined>> = {
  username: ({ username }) => username,
  sub: ({ sub }) => sub,
  'cognito:user_status': ({ status }) => status,
  status: ({ isEnabled }) => (isEnabled ? 'Enabled' : 'Disabled'),
  ...Object.fromEntries(
    ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'].map(
      (name) => [name, ({ attributes }: PoolUser) => attributes[name]],
    ),
  ),
}

/** `attribute = "value"` or, for the beginning of a value, `attribute ^= "value"`. */
export function readUserFilter(filter: string | undefined): (user: PoolUser) => boolean {
  if (filter === undefined || filter === '') return () => true
  const [, name = '', operator, quoted = ''] = FILTER.exec(filter) ?? []
  const read = Object.hasOwn(SEARCHABLE, name) ? SEARCHABLE[name] : undefined
  if (read === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'Error while parsing filter.')
  }
  const value = quoted.replaceAll(/\\(.)/g, '$1')
  return operator === '='
    ? (user) => read(user) === value
    : (user) => read(user)?.startsWith(value) ?? false
}
