import { userPoolArn, type UserPoolRecord } from '../../issuer/user-pool-record.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { openPeople, type CognitoContext } from './context.ts'
import { describeSchema } from './schema.ts'
import type { CognitoIdpOperations, UserPoolType } from './shapes.ts'
import { readPoolSettings } from './user-pool-settings.ts'

type UserPoolOperations = Pick<
  CognitoIdpOperations,
  'CreateUserPool' | 'DescribeUserPool' | 'ListUserPools' | 'UpdateUserPool' | 'DeleteUserPool'
>

const MAX_PAGE = 60

export function userPoolOperations(context: CognitoContext): Handlers<UserPoolOperations> {
  const { userPools } = context

  const describe = (record: UserPoolRecord, users: number): UserPoolType => {
    const { poolId, name, settings, tags, createdAt, updatedAt } = record
    const { passwordPolicy: policy, usernameAttributes, aliasAttributes, kept } = settings
    const { SignInPolicy, Schema, ...others } = kept as KeptMembers
    return {
      LambdaConfig: {},
      MfaConfiguration: 'OFF',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      UserPoolTier: 'ESSENTIALS',
      ...others,
      Id: poolId,
      Name: name,
      Arn: userPoolArn(record),
      Policies: {
        PasswordPolicy: {
          MinimumLength: policy.minimumLength,
          RequireUppercase: policy.requireUppercase,
          RequireLowercase: policy.requireLowercase,
          RequireNumbers: policy.requireNumbers,
          RequireSymbols: policy.requireSymbols,
          TemporaryPasswordValidityDays: policy.temporaryPasswordValidityDays,
        },
        SignInPolicy: SignInPolicy ?? { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      SchemaAttributes: describeSchema(Schema),
      ...(usernameAttributes.length > 0 && { UsernameAttributes: usernameAttributes as [] }),
      ...(aliasAttributes.length > 0 && { AliasAttributes: aliasAttributes as [] }),
      DeletionProtection: settings.isDeletionProtected ? 'ACTIVE' : 'INACTIVE',
      UserPoolTags: tags,
      Domain: userPools.findDomain(poolId)?.prefix,
      EstimatedNumberOfUsers: users,
      CreationDate: new Date(createdAt),
      LastModifiedDate: new Date(updatedAt),
    }
  }

  return {
    async CreateUserPool(input, { scope }) {
      const { PoolName: name, UserPoolTags: tags = {} } = input
      const record = await userPools.create(scope, {
        name,
        settings: readPoolSettings(input),
        tags,
      })
      return { UserPool: describe(record, 0) }
    },
    async DescribeUserPool({ UserPoolId }, call) {
      const record = userPools.get(call.scope, UserPoolId)
      const { users } = await openPeople(context, call, UserPoolId)
      return { UserPool: describe(record, users.list().length) }
    },
    ListUserPools({ MaxResults, NextToken }, { scope }) {
      const { items, nextToken } = paginate(userPools.list(scope), {
        maxResults: MaxResults,
        nextToken: NextToken,
        limit: MAX_PAGE,
        keyOf: ({ poolId }) => poolId,
      })
      const UserPools = items.map(({ poolId, name, createdAt, updatedAt }) => ({
        Id: poolId,
        Name: name,
        LambdaConfig: {},
        CreationDate: new Date(createdAt),
        LastModifiedDate: new Date(updatedAt),
      }))
      return { UserPools, NextToken: nextToken }
    },
    async UpdateUserPool(input, { scope }) {
      const { UserPoolId, PoolName: name, UserPoolTags: tags } = input
      const { settings } = userPools.get(scope, UserPoolId)
      await userPools.update(scope, UserPoolId, {
        settings: readPoolSettings(input, settings),
        ...(name !== undefined && { name }),
        ...(tags !== undefined && { tags }),
      })
      return {}
    },
    async DeleteUserPool({ UserPoolId }, { scope }) {
      await userPools.delete(scope, UserPoolId)
      return {}
    },
  }
}

/** What user-pool-settings.ts keeps: members of the model, as they came. */
type KeptMembers = Partial<UserPoolType> & {
  readonly SignInPolicy?: NonNullable<UserPoolType['Policies']>['SignInPolicy']
  readonly Schema?: UserPoolType['SchemaAttributes']
}
