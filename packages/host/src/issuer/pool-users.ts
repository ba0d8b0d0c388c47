// The people of one pool, in memory and in rows; password hashes are sealed as well.
import { randomUUID } from 'node:crypto'
import { HostError } from '../kernel/host-error.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'
import { cognitoFault } from './cognito-fault.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { checkPassword } from './password-policy.ts'
import { createTurns } from '../kernel/turns.ts'
import { poolRows } from './rows.ts'
import { checkAttributes } from './user-attributes.ts'
import type { UserPoolSettings } from './user-pool-record.ts'

export interface PoolUser {
  readonly username: string
  readonly sub: string
  /** Without `sub`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly isEnabled: boolean
  readonly status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD'
  readonly sealedPasswordHash?: string
  /** A temporary password ends. */
  readonly passwordExpiresAt?: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface NewPoolUser {
  readonly username: string
  readonly attributes?: Readonly<Record<string, string>>
  /** Without one, nobody can sign in until a password is set. */
  readonly temporaryPassword?: string | undefined
}

export interface PoolUsers {
  create(user: NewPoolUser): Promise<PoolUser>
  /** A user who is signed in without a password; the same one every time. */
  ensure(username: string): Promise<PoolUser>
  /** By user name, `sub` or alias. */
  find(name: string): PoolUser | undefined
  get(name: string): PoolUser
  list(): readonly PoolUser[]
  setPassword(
    name: string,
    password: string,
    options: { readonly isPermanent: boolean },
  ): Promise<PoolUser>
  /** An empty value removes the attribute. */
  updateAttributes(name: string, changes: Readonly<Record<string, string>>): Promise<PoolUser>
  setEnabled(name: string, isEnabled: boolean): Promise<PoolUser>
  delete(name: string): Promise<void>
  /** False for a user that there is not, after the same time. */
  hasPassword(user: PoolUser | undefined, password: string): Promise<boolean>
  /** The rows to remove with the pool. */
  rows(): readonly StoreChange[]
}

interface PoolUsersOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly poolId: string
  readonly now: () => number
  readonly settings: () => UserPoolSettings
}

const DAY_MS = 86_400_000

export async function loadPoolUsers(options: PoolUsersOptions): Promise<PoolUsers> {
  const { store, sealer, poolId, now, settings } = options
  const kind = poolRows(poolId).user
  const stored = await store.list<PoolUser>(kind)
  const keyOf = (name: string) => (settings().isCaseSensitive ? name : name.toLowerCase())
  const users = new Map(stored.map((user) => [keyOf(user.username), user]))
  const aliases = new Map<string, string>()
  for (const user of stored) for (const alias of aliasesOf(user)) aliases.set(alias, user.username)
  const oneAtATime = createTurns()
  const timestamp = () => new Date(now()).toISOString()

  function aliasesOf({ sub, attributes }: PoolUser): readonly string[] {
    const { usernameAttributes, aliasAttributes } = settings()
    const verified = aliasAttributes.filter(
      (name) => name === 'preferred_username' || attributes[`${name}_verified`] === 'true',
    )
    const values = [...usernameAttributes, ...verified].flatMap((name) => attributes[name] ?? [])
    return [sub, ...values.map(keyOf)]
  }

  const find = (name: string): PoolUser | undefined => {
    const key = keyOf(name)
    const alias = aliases.get(key)
    return users.get(key) ?? (alias === undefined ? undefined : users.get(keyOf(alias)))
  }
  const get = (name: string): PoolUser => {
    const user = find(name)
    if (user !== undefined) return user
    throw cognitoFault('UserNotFoundException', 'User does not exist.')
  }
  const forget = (user: PoolUser) => {
    users.delete(keyOf(user.username))
    for (const alias of aliasesOf(user)) aliases.delete(alias)
  }
  const save = async (user: PoolUser, before?: PoolUser): Promise<PoolUser> => {
    checkAliases(user)
    await store.put(kind, keyOf(user.username), user)
    if (before !== undefined) forget(before)
    users.set(keyOf(user.username), user)
    for (const alias of aliasesOf(user)) aliases.set(alias, user.username)
    return user
  }
  const checkAliases = (user: PoolUser) => {
    const taken = aliasesOf(user).find((alias) => (find(alias)?.sub ?? user.sub) !== user.sub)
    if (taken === undefined) return
    const message = 'An account with the given email or phone number already exists.'
    throw cognitoFault('AliasExistsException', message)
  }
  const passwordContext = (sub: string) => `${kind}/${sub}`
  const sealHash = (sub: string, hash: string) => sealer.seal(hash, passwordContext(sub))
  const temporaryUntil = () =>
    new Date(now() + settings().passwordPolicy.temporaryPasswordValidityDays * DAY_MS).toISOString()

  return {
    async create({ username, attributes = {}, temporaryPassword }) {
      if (temporaryPassword !== undefined) {
        checkPassword(temporaryPassword, settings().passwordPolicy)
      }
      const hash = temporaryPassword && (await hashPassword(temporaryPassword))
      return oneAtATime(async () => {
        const sub = randomUUID()
        const named = nameUser(username, sub, attributes, settings())
        checkAttributes(named.attributes, settings())
        if (find(username) !== undefined || users.has(keyOf(named.username))) {
          throw cognitoFault('UsernameExistsException', 'User account already exists')
        }
        const createdAt = timestamp()
        return save({
          ...named,
          sub,
          isEnabled: true,
          status: 'FORCE_CHANGE_PASSWORD',
          ...(hash && {
            sealedPasswordHash: sealHash(sub, hash),
            passwordExpiresAt: temporaryUntil(),
          }),
          createdAt,
          updatedAt: createdAt,
        })
      })
    },
    ensure: (username) =>
      oneAtATime(async () => {
        const createdAt = timestamp()
        return (
          find(username) ??
          save({
            username,
            sub: randomUUID(),
            attributes: {},
            isEnabled: true,
            status: 'CONFIRMED',
            createdAt,
            updatedAt: createdAt,
          })
        )
      }),
    find,
    get,
    list: () => [...users.values()],
    async setPassword(name, password, { isPermanent }) {
      get(name)
      checkPassword(password, settings().passwordPolicy)
      const hash = await hashPassword(password)
      return oneAtATime(async () => {
        const { passwordExpiresAt: _, ...user } = get(name)
        const sealedPasswordHash = sealHash(user.sub, hash)
        const changed = { ...user, sealedPasswordHash, updatedAt: timestamp() }
        return isPermanent
          ? save({ ...changed, status: 'CONFIRMED' })
          : save({
              ...changed,
              status: 'FORCE_CHANGE_PASSWORD',
              passwordExpiresAt: temporaryUntil(),
            })
      })
    },
    updateAttributes: (name, changes) =>
      oneAtATime(async () => {
        const user = get(name)
        checkAttributes(changes, settings())
        const merged = Object.entries({ ...user.attributes, ...changes })
        const attributes = Object.fromEntries(merged.filter(([, value]) => value !== ''))
        return save({ ...user, attributes, updatedAt: timestamp() }, user)
      }),
    setEnabled: (name, isEnabled) =>
      oneAtATime(async () => save({ ...get(name), isEnabled, updatedAt: timestamp() })),
    delete: (name) =>
      oneAtATime(async () => {
        const user = get(name)
        await store.delete(kind, keyOf(user.username))
        forget(user)
      }),
    async hasPassword(user, password) {
      const sealed = user?.sealedPasswordHash
      const hash = user && sealed && sealer.open(sealed, passwordContext(user.sub))
      return isPassword(password, hash)
    },
    rows: () => [...users.keys()].map((id) => ({ kind, id })),
  }
}

/** Where people sign in with an address, the address is an attribute and the user name is made up. */
function nameUser(
  username: string,
  sub: string,
  attributes: Readonly<Record<string, string>>,
  { usernameAttributes }: UserPoolSettings,
): Pick<PoolUser, 'username' | 'attributes'> {
  if (usernameAttributes.length === 0) return { username, attributes }
  const isEmail = /^[^@\s]+@[^@\s]+$/.test(username)
  const isPhone = /^\+\d{3,15}$/.test(username)
  const attribute = isEmail ? 'email' : isPhone ? 'phone_number' : undefined
  if (attribute === undefined || !usernameAttributes.includes(attribute)) {
    const kinds = usernameAttributes.map((it) => (it === 'email' ? 'an email' : 'a phone number'))
    throw new HostError('ERR_INVALID_INPUT', `Username should be ${kinds.join(' or ')}.`)
  }
  return { username: sub, attributes: { ...attributes, [attribute]: username } }
}
