import type { PoolUser } from '../../issuer/pool-users.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { openPeople, type CognitoContext } from './context.ts'
import type { AttributeType, CognitoIdpOperations, UserType } from './shapes.ts'
import { readUserFilter } from './user-filter.ts'

type UserOperations = Pick<
  CognitoIdpOperations,
  | 'AdminCreateUser'
  | 'AdminDeleteUser'
  | 'AdminDisableUser'
  | 'AdminEnableUser'
  | 'AdminGetUser'
  | 'AdminSetUserPassword'
  | 'AdminUpdateUserAttributes'
  | 'ListUsers'
>

const MAX_PAGE = 60

export function userOperations(context: CognitoContext): Handlers<UserOperations> {
  return {
    async AdminCreateUser(input, call) {
      const { UserPoolId, Username, UserAttributes, TemporaryPassword, MessageAction } = input
      const { users } = await openPeople(context, call, UserPoolId)
      if (MessageAction === 'RESEND') {
        throw new HostError(
          'ERR_NOT_SUPPORTED',
          'MessageAction RESEND: no messages are sent here; use AdminSetUserPassword',
        )
      }
      const user = await users.create({
        username: Username,
        attributes: readAttributes(UserAttributes),
        temporaryPassword: TemporaryPassword,
      })
      return { User: describeUser(user) }
    },
    async AdminGetUser({ UserPoolId, Username }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      const user = users.get(Username)
      const { Attributes, Username: username = Username, ...rest } = describeUser(user)
      return { ...rest, Username: username, UserAttributes: Attributes }
    },
    async AdminSetUserPassword({ UserPoolId, Username, Password, Permanent = false }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      await users.setPassword(Username, Password, { isPermanent: Permanent })
      return {}
    },
    async AdminUpdateUserAttributes({ UserPoolId, Username, UserAttributes }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      await users.updateAttributes(Username, readAttributes(UserAttributes))
      return {}
    },
    async AdminEnableUser({ UserPoolId, Username }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      await users.setEnabled(Username, true)
      return {}
    },
    async AdminDisableUser({ UserPoolId, Username }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      await users.setEnabled(Username, false)
      return {}
    },
    async AdminDeleteUser({ UserPoolId, Username }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      await users.delete(Username)
      return {}
    },
    async ListUsers({ UserPoolId, AttributesToGet, Filter, Limit, PaginationToken }, call) {
      const { users } = await openPeople(context, call, UserPoolId)
      const { items, nextToken } = paginate(users.list().filter(readUserFilter(Filter)), {
        maxResults: Limit === 0 ? undefined : Limit,
        nextToken: PaginationToken,
        limit: MAX_PAGE,
        keyOf: ({ username }) => username,
      })
      const wanted = AttributesToGet && new Set(AttributesToGet)
      const Users = items.map(describeUser).map((user) => ({
        ...user,
        Attributes: user.Attributes?.filter(({ Name }) => wanted?.has(Name) ?? true),
      }))
      return { Users, PaginationToken: nextToken }
    },
  }
}

function readAttributes(list: readonly AttributeType[] = []): Readonly<Record<string, string>> {
  const attributes = new Map(list.map(({ Name, Value = '' }) => [Name, Value]))
  if (attributes.size < list.length) {
    throw new HostError('ERR_INVALID_INPUT', 'UserAttributes: each attribute once')
  }
  return Object.fromEntries(attributes)
}

function describeUser(user: PoolUser): UserType {
  const { sub, attributes } = user
  return {
    Username: user.username,
    Attributes: Object.entries({ sub, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
    Enabled: user.isEnabled,
    UserStatus: user.status,
    UserCreateDate: new Date(user.createdAt),
    UserLastModifiedDate: new Date(user.updatedAt),
  }
}
