import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import {
  changeFunction,
  checkRevision,
  getFunction,
  type ControlContext,
  type FunctionName,
} from './control-context.ts'
import { functionNotFound, LATEST, qualifiedArn } from './function-identifier.ts'
import {
  findAlias,
  findVersion,
  type FunctionPolicy,
  type FunctionRecord,
} from './function-record.ts'
import { formatPolicy } from './policy-document.ts'
import { LAMBDA_QUOTAS } from './quotas.ts'

/** A function's policy, or that of one of its versions and aliases. */
export interface PolicyName extends FunctionName {
  readonly qualifier: string | undefined
}

export interface Permission {
  readonly statementId: string
  readonly action: string
  /** An AWS service, an account id, an ARN or `*`. */
  readonly principal: string
  /** IAM condition operators with their keys and values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly revisionId?: string | undefined
}

/** Adds a statement and returns it. */
export function addPermission(
  context: ControlContext,
  name: PolicyName,
  permission: Permission,
): Promise<object> {
  return changeFunction(context, name, async (record) => {
    const key = policyKey(record, name.qualifier)
    const policy = record.policies[key]
    if (policy !== undefined) checkRevision(permission.revisionId, policy)
    const { statementId } = permission
    if (policy?.statements.some(({ Sid }) => Sid === statementId)) {
      throw new HostError(
        'ERR_CONFLICT',
        `The statement id (${statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      )
    }
    const statement = describeStatement(name, permission)
    const statements = [...(policy?.statements ?? []), statement]
    if (Buffer.byteLength(formatPolicy({ statements })) > LAMBDA_QUOTAS.maxPolicyBytes) {
      const message = `The policy would have more than ${LAMBDA_QUOTAS.maxPolicyBytes} bytes`
      throw new AwsFault('PolicyLengthExceededException', 400, message)
    }
    return { record: withPolicy(record, key, statements), result: statement }
  })
}

export function removePermission(
  context: ControlContext,
  name: PolicyName,
  statementId: string,
  revisionId: string | undefined,
): Promise<void> {
  return changeFunction(context, name, async (record) => {
    const key = policyKey(record, name.qualifier)
    const policy = requirePolicy(record, key)
    checkRevision(revisionId, policy)
    const statements = policy.statements.filter(({ Sid }) => Sid !== statementId)
    if (statements.length === policy.statements.length) {
      const message = `Statement ${statementId} is not found in resource policy.`
      throw new HostError('ERR_NOT_FOUND', message)
    }
    return { record: withPolicy(record, key, statements), result: undefined }
  })
}

export function getPolicy(context: ControlContext, name: PolicyName): FunctionPolicy {
  const record = getFunction(context, name)
  return requirePolicy(record, policyKey(record, name.qualifier))
}

function policyKey(record: FunctionRecord, qualifier: string | undefined): string {
  if (qualifier === undefined) return LATEST
  if (findVersion(record, qualifier) ?? findAlias(record, qualifier)) return qualifier
  const { functionName, scope } = record
  throw functionNotFound({ functionName, scope, qualifier })
}

function requirePolicy(record: FunctionRecord, key: string): FunctionPolicy {
  const policy = record.policies[key]
  if (policy !== undefined) return policy
  throw new HostError('ERR_NOT_FOUND', 'The resource you requested does not exist.')
}

function withPolicy(
  record: FunctionRecord,
  key: string,
  statements: FunctionPolicy['statements'],
): FunctionRecord {
  const { [key]: _, ...others } = record.policies
  if (statements.length === 0) return { ...record, policies: others }
  return { ...record, policies: { ...others, [key]: { statements, revisionId: randomUUID() } } }
}

function describeStatement(name: PolicyName, permission: Permission) {
  const { statementId, action, principal, conditions } = permission
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: describePrincipal(principal),
    Action: action,
    Resource: qualifiedArn(name),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  }
}

function describePrincipal(principal: string): string | Readonly<Record<string, string>> {
  if (principal === '*') return '*'
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (principal.startsWith('arn:')) return { AWS: principal }
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(principal)) return { Service: principal }
  const message = `The provided principal was invalid. Please check the principal and try again.`
  throw new HostError('ERR_INVALID_INPUT', message)
}
