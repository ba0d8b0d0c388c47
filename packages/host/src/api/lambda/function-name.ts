import { HostError } from '../../kernel/host-error.ts'
import {
  parseFunctionIdentifier,
  type FunctionIdentifier,
} from '../../functions/function-identifier.ts'
import type { AwsCall } from '../operation.ts'

/**
 * What a caller means by FunctionName and Qualifier, in the caller's Region. Another account's
 * function can be named by its ARN; whether it may be used is for a policy to say.
 */
export function readFunctionName(
  { scope }: Pick<AwsCall, 'scope'>,
  functionName: string,
  qualifier?: string,
): FunctionIdentifier {
  const named = parseFunctionIdentifier(functionName, scope)
  if (named === undefined || named.functionName.length > 64) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `${JSON.stringify(functionName.slice(0, 200))} is neither a function's name nor its ARN`,
    )
  }
  if (named.qualifier !== undefined && qualifier !== undefined && named.qualifier !== qualifier) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  }
  if (named.scope.region !== scope.region) {
    throw new HostError(
      'ERR_NOT_FOUND',
      `Functions from '${named.scope.region}' are not reachable in this region ('${scope.region}')`,
    )
  }
  return { ...named, qualifier: named.qualifier ?? qualifier }
}

/** The same for operations that only a function's own account may ask for. */
export function readOwnFunctionName(
  call: Pick<AwsCall, 'scope' | 'caller'>,
  functionName: string,
  qualifier?: string,
): FunctionIdentifier {
  const named = readFunctionName(call, functionName, qualifier)
  if (named.scope.accountId === call.scope.accountId) return named
  throw new HostError(
    'ERR_FORBIDDEN',
    `${call.caller.arn} is not of the account ${named.scope.accountId}, and no policy can let it change or read this`,
  )
}

/** For operations that concern a whole function: a version or an alias is not one. */
export function readUnqualifiedName(
  call: Pick<AwsCall, 'scope' | 'caller'>,
  functionName: string,
): FunctionIdentifier {
  const named = readOwnFunctionName(call, functionName)
  if (named.qualifier === undefined) return named
  const isPlain = named.qualifier === '$LATEST'
  if (isPlain) return { ...named, qualifier: undefined }
  throw new HostError(
    'ERR_INVALID_INPUT',
    `This operation is permitted on the function itself; ${named.qualifier} is one of its versions or aliases`,
  )
}
