import { HostError } from '../kernel/host-error.ts'
import { functionArn } from '../kernel/ids.ts'
import { DEFAULT_SCOPE, scopeKey, type Scope } from '../kernel/scope.ts'

/** A function as a caller names it. */
export interface FunctionIdentifier {
  readonly scope: Scope
  readonly functionName: string
  /** A version, an alias or `$LATEST`; undefined when the caller named none. */
  readonly qualifier: string | undefined
}

export const LATEST = '$LATEST'

// Service model lambda 2015-03-31, FunctionName, with names for its parts.
const IDENTIFIER =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<accountId>\d{12}):)?(?:function:)?(?<functionName>[\w-]+)(?::(?<qualifier>\$LATEST|[\w-]+))?$/

/** A name, `name:qualifier`, a partial or a full ARN; `scope` holds where it names no other. */
export function parseFunctionIdentifier(
  text: string,
  scope: Scope = DEFAULT_SCOPE,
): FunctionIdentifier | undefined {
  const parts = IDENTIFIER.exec(text)?.groups
  if (parts?.['functionName'] === undefined) return undefined
  return {
    scope: {
      accountId: parts['accountId'] ?? scope.accountId,
      region: parts['region'] ?? scope.region,
    },
    functionName: parts['functionName'],
    qualifier: parts['qualifier'],
  }
}

/** Names are unique in an account and Region. */
export function functionKey(functionName: string, scope: Scope): string {
  return `${scopeKey(scope)}/${functionName}`
}

/** The ARN of a function, or of one of its versions or aliases. */
export function qualifiedArn({ functionName, scope, qualifier }: FunctionIdentifier): string {
  const arn = functionArn(functionName, scope)
  return qualifier === undefined ? arn : `${arn}:${qualifier}`
}

export function functionNotFound(identifier: FunctionIdentifier): HostError {
  return new HostError('ERR_NOT_FOUND', `Function not found: ${qualifiedArn(identifier)}`)
}
