import type { Stacks } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { readDeployment, readDisableRollback, refuseExpress } from './deployment-input.ts'
import type { CloudformationOperations } from './shapes.ts'
import { raise } from './wire-case.ts'

/** What is done to a stack. Each is answered when the work has begun, not when it is done. */
export function stackOperations(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    async CreateStack(input, { scope }) {
      const operation = await stacks.createStack(scope, {
        ...readDeployment(input),
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        disableRollback: readDisableRollback(input),
        onFailure: input.OnFailure,
        timeoutInMinutes: input.TimeoutInMinutes,
        enableTerminationProtection: input.EnableTerminationProtection,
        retainExceptOnCreate: input.RetainExceptOnCreate,
      })
      return raise(operation)
    },
    async UpdateStack(input, { scope }) {
      const operation = await stacks.updateStack(scope, {
        ...readDeployment(input),
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        usePreviousTemplate: input.UsePreviousTemplate,
        disableRollback: readDisableRollback(input),
        retainExceptOnCreate: input.RetainExceptOnCreate,
      })
      return raise(operation)
    },
    async DeleteStack(input, { scope }) {
      refuseExpress(input.DeploymentConfig)
      await stacks.deleteStack(scope, {
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        retainResources: input.RetainResources,
        deletionMode: input.DeletionMode,
      })
      return {}
    },
    async CancelUpdateStack({ StackName, ClientRequestToken }, { scope }) {
      const clientRequestToken = ClientRequestToken
      await stacks.cancelUpdateStack(scope, { stackName: StackName, clientRequestToken })
      return {}
    },
    async ContinueUpdateRollback(input, { scope }) {
      await stacks.continueUpdateRollback(scope, {
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        resourcesToSkip: input.ResourcesToSkip,
      })
      return {}
    },
    async RollbackStack(input, { scope }) {
      const operation = await stacks.rollbackStack(scope, {
        stackName: input.StackName,
        clientRequestToken: input.ClientRequestToken,
        retainExceptOnCreate: input.RetainExceptOnCreate,
      })
      return raise(operation)
    },
    async UpdateTerminationProtection({ StackName, EnableTerminationProtection }, { scope }) {
      const changed = await stacks.updateTerminationProtection(scope, {
        stackName: StackName,
        enableTerminationProtection: EnableTerminationProtection,
      })
      return raise(changed)
    },
  }
}
