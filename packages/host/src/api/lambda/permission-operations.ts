import { addPermission, getPolicy, removePermission } from '../../functions/function-policies.ts'
import { formatPolicy } from '../../functions/policy-document.ts'
import type { Handlers } from '../operation.ts'
import { readOwnFunctionName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import type { AddPermissionRequest, LambdaOperations } from './shapes.ts'

type Operations = Pick<LambdaOperations, 'AddPermission' | 'RemovePermission' | 'GetPolicy'>

/**
 * Who besides a function's own account may use it. Statements for services are kept and told again;
 * those for other accounts decide about Invoke (aws/resource-policy.ts says how).
 */
export function permissionOperations({ control }: LambdaContext): Handlers<Operations> {
  return {
    async AddPermission(request, call) {
      const named = readOwnFunctionName(call, request.FunctionName, request.Qualifier)
      const statement = await addPermission(control, named, {
        statementId: request.StatementId,
        action: request.Action,
        principal: request.Principal,
        conditions: readConditions(request),
        revisionId: request.RevisionId,
      })
      return { Statement: JSON.stringify(statement) }
    },

    async RemovePermission({ FunctionName, Qualifier, RevisionId, StatementId }, call) {
      const named = readOwnFunctionName(call, FunctionName, Qualifier)
      await removePermission(control, named, StatementId, RevisionId)
      return {}
    },

    GetPolicy({ FunctionName, Qualifier }, call) {
      const policy = getPolicy(control, readOwnFunctionName(call, FunctionName, Qualifier))
      return { Policy: formatPolicy(policy), RevisionId: policy.revisionId }
    },
  }
}

/** As Lambda writes them into the policy ("Using resource-based policies for Lambda"). */
function readConditions(request: AddPermissionRequest) {
  const { SourceAccount, SourceArn, PrincipalOrgID, EventSourceToken } = request
  const { FunctionUrlAuthType, InvokedViaFunctionUrl } = request
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  }
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) },
    }),
  }
}
