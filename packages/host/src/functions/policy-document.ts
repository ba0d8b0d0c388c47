import { LATEST } from './function-identifier.ts'
import type { FunctionPolicy, FunctionRecord } from './function-record.ts'

/** The policy that decides about a call with this qualifier, as JSON text. */
export function findPolicy(
  record: FunctionRecord,
  qualifier: string | undefined,
): string | undefined {
  const policy = record.policies[qualifier ?? LATEST]
  return policy && formatPolicy(policy)
}

/** An IAM policy document. */
export function formatPolicy({ statements }: Pick<FunctionPolicy, 'statements'>): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}
