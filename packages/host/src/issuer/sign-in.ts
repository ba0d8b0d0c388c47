import { cognitoFault } from './cognito-fault.ts'
import type { PoolUser, PoolUsers } from './pool-users.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

export interface SignInOptions {
  readonly users: PoolUsers
  readonly throttle: SignInThrottle
  readonly now: () => number
  /** An unknown user looks like a wrong password. */
  readonly hidesUnknownUsers: boolean
}

/**
 * The user whose password this is. Whether it is a temporary one, and what then, is the caller's to say.
 */
export async function signIn(
  username: string,
  password: string,
  { users, throttle, now, hidesUnknownUsers }: SignInOptions,
): Promise<PoolUser> {
  const user = users.find(username)
  const name = user?.sub ?? username.toLowerCase()
  if (throttle.isLocked(name)) throw refusal('Password attempts exceeded')
  const isRight = await users.hasPassword(user, password)
  if (!isRight) throttle.failed(name)
  if (user === undefined && !hidesUnknownUsers) {
    throw cognitoFault('UserNotFoundException', 'User does not exist.')
  }
  if (user === undefined || !isRight) throw refusal('Incorrect username or password.')
  throttle.succeeded(name)
  if (!user.isEnabled) throw refusal('User is disabled.')
  if (user.passwordExpiresAt !== undefined && Date.parse(user.passwordExpiresAt) <= now()) {
    throw refusal('Temporary password has expired and must be reset by an administrator.')
  }
  return user
}

function refusal(message: string) {
  return cognitoFault('NotAuthorizedException', message)
}
