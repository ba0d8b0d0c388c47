// Amazon Cognito user pools (service model 2016-04-18), as far as an OAuth issuer needs them: pools,
// domains, resource servers, app clients and their secrets, people with passwords.
//
// What is stored and given back without effect here:
// - E-mail, SMS and invitation settings (nothing is sent: a new person's password is set with
//   AdminSetUserPassword), devices, tiers, analytics, account recovery, attribute permissions.
// What is missing, and refused rather than ignored:
// - Lambda triggers, required second factors, keys of KMS, enforced threat protection, password history.
// - Custom domains and other identity providers.
// - SRP, custom challenges and choice of factors in the authentication operations.
// - Every operation that is not among the tables below: UnknownOperationException.
import { createService, type Service } from '../create-service.ts'
import { authenticationOperations } from './authentication.ts'
import type { CognitoContext } from './context.ts'
import { domainOperations } from './domains.ts'
import { resourceServerOperations } from './resource-servers.ts'
import type { CognitoIdpOperations } from './shapes.ts'
import { tagOperations } from './tags.ts'
import { userPoolClientSecretOperations } from './user-pool-client-secrets.ts'
import { userPoolClientOperations } from './user-pool-clients.ts'
import { userPoolOperations } from './user-pools.ts'
import { userOperations } from './users.ts'

export function createCognitoIdpService(context: CognitoContext): Service {
  return createService<CognitoIdpOperations>({
    model: 'cognito-idp',
    signingName: 'cognito-idp',
    handlers: [
      userPoolOperations(context),
      domainOperations(context),
      resourceServerOperations(context),
      userPoolClientOperations(context),
      userPoolClientSecretOperations(context),
      userOperations(context),
      authenticationOperations(context),
      tagOperations(context),
    ],
    faults: {
      ERR_INVALID_INPUT: 'InvalidParameterException',
      ERR_CONFLICT: 'InvalidParameterException',
      ERR_NOT_SUPPORTED: 'InvalidParameterException',
      ERR_LIMIT_EXCEEDED: 'LimitExceededException',
      ERR_THROTTLED: 'TooManyRequestsException',
      ERR_FORBIDDEN: 'NotAuthorizedException',
      ERR_UNAUTHENTICATED: 'NotAuthorizedException',
      ERR_TARGET_FAILED: 'InternalErrorException',
      violations: 'InvalidParameterException',
    },
  })
}
