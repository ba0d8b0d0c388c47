import type { PoolPeople } from '../../issuer/pool-people.ts'
import type { UserPool } from '../../issuer/user-pool.ts'
import type { UserPools } from '../../issuer/user-pools.ts'
import type { AwsCall } from '../operation.ts'

export interface CognitoContext {
  readonly userPools: UserPools
}

/** The pool, when the caller's account and Region have it. */
export function openPool(
  { userPools }: CognitoContext,
  { scope }: AwsCall,
  userPoolId: string,
): Promise<UserPool> {
  return userPools.open(userPools.get(scope, userPoolId).poolId)
}

/** The people of that pool. */
export async function openPeople(
  context: CognitoContext,
  call: AwsCall,
  userPoolId: string,
): Promise<PoolPeople> {
  return (await openPool(context, call, userPoolId)).people()
}
