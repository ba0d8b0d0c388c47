import { AwsFault } from '../aws/aws-fault.ts'

/** Refusals that have a name of their own in the service model (cognito-idp 2016-04-18). */
export type CognitoErrorName =
  | 'AliasExistsException'
  | 'InvalidOAuthFlowException'
  | 'InvalidPasswordException'
  | 'NotAuthorizedException'
  | 'ScopeDoesNotExistException'
  | 'UserNotFoundException'
  | 'UsernameExistsException'
  | 'UnsupportedUserStateException'

/** All of them are answered with 400, `NotAuthorizedException` included. */
export function cognitoFault(name: CognitoErrorName, message: string): AwsFault {
  return new AwsFault(name, 400, message)
}
