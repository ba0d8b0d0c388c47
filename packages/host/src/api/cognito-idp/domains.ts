import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import type { CognitoContext } from './context.ts'
import type { CognitoIdpOperations } from './shapes.ts'

type DomainOperations = Pick<
  CognitoIdpOperations,
  | 'CreateUserPoolDomain'
  | 'DescribeUserPoolDomain'
  | 'UpdateUserPoolDomain'
  | 'DeleteUserPoolDomain'
>

interface DomainInput {
  readonly CustomDomainConfig?: object | undefined
  readonly Routing?: object | undefined
}

export function domainOperations({ userPools }: CognitoContext): Handlers<DomainOperations> {
  return {
    async CreateUserPoolDomain(input, { scope }) {
      const { Domain: prefix, UserPoolId, ManagedLoginVersion: managedLoginVersion = 1 } = input
      refuseCustomDomain(input)
      const { poolId } = userPools.get(scope, UserPoolId)
      await (
        await userPools.domains()
      ).create({ prefix, region: scope.region, poolId, managedLoginVersion })
      return { ManagedLoginVersion: managedLoginVersion }
    },
    async DescribeUserPoolDomain({ Domain }, { scope }) {
      const domain = (await userPools.domains()).find(Domain, scope.region)
      const isOwn = userPools.list(scope).some(({ poolId }) => poolId === domain?.poolId)
      // Cognito describes what is not there as nothing, and not as an error.
      if (domain === undefined || !isOwn) return { DomainDescription: {} }
      return {
        DomainDescription: {
          UserPoolId: domain.poolId,
          AWSAccountId: scope.accountId,
          Domain: domain.prefix,
          Status: 'ACTIVE',
          ManagedLoginVersion: domain.managedLoginVersion,
        },
      }
    },
    async UpdateUserPoolDomain(input, { scope }) {
      const { Domain: prefix, UserPoolId, ManagedLoginVersion: managedLoginVersion = 1 } = input
      refuseCustomDomain(input)
      const { poolId } = userPools.get(scope, UserPoolId)
      await (
        await userPools.domains()
      ).update({ prefix, region: scope.region, poolId, managedLoginVersion })
      return { ManagedLoginVersion: managedLoginVersion }
    },
    async DeleteUserPoolDomain({ Domain: prefix, UserPoolId }, { scope }) {
      const { poolId } = userPools.get(scope, UserPoolId)
      await (await userPools.domains()).delete({ prefix, region: scope.region, poolId })
      return {}
    },
  }
}

function refuseCustomDomain({ CustomDomainConfig, Routing }: DomainInput): void {
  if (CustomDomainConfig !== undefined) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      'CustomDomainConfig: custom domains are not served here; leave it out for a prefix domain',
    )
  }
  if (Routing !== undefined) {
    throw new HostError('ERR_NOT_SUPPORTED', 'Routing: failover is not served here')
  }
}
