import type { ChangeSet, ResourceChange, Stacks } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { notSupported, readDeployment, readDisableRollback } from './deployment-input.ts'
import { readCapabilities } from './describe-stack.ts'
import { PAGE } from './newest-first.ts'
import type {
  ChangeSetSummary,
  CloudformationOperations,
  CreateChangeSetInput,
  DescribeChangeSetOutput,
} from './shapes.ts'
import { raise } from './wire-case.ts'

export function changeSetOperations(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    async CreateChangeSet(input, { scope }) {
      refuseUnsupported(input)
      const disableRollback = readDisableRollback(input)
      const created = await stacks.createChangeSet(scope, {
        ...readDeployment(input),
        stackName: input.StackName,
        changeSetName: input.ChangeSetName,
        changeSetType: input.ChangeSetType,
        usePreviousTemplate: input.UsePreviousTemplate,
        description: input.Description,
        clientToken: input.ClientToken,
        includeNestedStacks: input.IncludeNestedStacks,
        importExistingResources: input.ImportExistingResources,
        onStackFailure:
          input.OnStackFailure ?? (disableRollback === true ? 'DO_NOTHING' : undefined),
      })
      return raise(created)
    },
    async DescribeChangeSet(input, { scope }) {
      const { StackName: stackName, ChangeSetName: changeSetName } = input
      const changeSet = await stacks.describeChangeSet(scope, { stackName, changeSetName })
      const changes = paginate(changeSet.changes, {
        maxResults: undefined,
        nextToken: input.NextToken,
        limit: PAGE,
        keyOf: ({ logicalResourceId }) => logicalResourceId,
      })
      return {
        ...describe(changeSet),
        Changes: changes.items.map((change) =>
          describeChange(change, input.IncludePropertyValues ?? false),
        ),
        NextToken: changes.nextToken,
      }
    },
    async ExecuteChangeSet(input, { scope }) {
      await stacks.executeChangeSet(scope, {
        stackName: input.StackName,
        changeSetName: input.ChangeSetName,
        clientRequestToken: input.ClientRequestToken,
        disableRollback: input.DisableRollback,
        retainExceptOnCreate: input.RetainExceptOnCreate,
      })
      return {}
    },
    async DeleteChangeSet({ StackName, ChangeSetName }, { scope }) {
      await stacks.deleteChangeSet(scope, { stackName: StackName, changeSetName: ChangeSetName })
      return {}
    },
    async ListChangeSets({ StackName, NextToken }, { scope }) {
      const page = paginate(await stacks.listChangeSets(scope, StackName), {
        maxResults: undefined,
        nextToken: NextToken,
        limit: PAGE,
        keyOf: ({ changeSetName }) => changeSetName,
      })
      return { Summaries: page.items.map(summarize), NextToken: page.nextToken }
    },
  }
}

function refuseUnsupported(input: CreateChangeSetInput): void {
  if (input.DeploymentMode !== undefined)
    throw notSupported(`DeploymentMode ${input.DeploymentMode}`)
  if (input.ResourcesToImport !== undefined && input.ResourcesToImport.length > 0) {
    throw notSupported('ResourcesToImport')
  }
}

function summarize(changeSet: ChangeSet): ChangeSetSummary {
  const { statusReason, description } = changeSet
  return {
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    ChangeSetId: changeSet.changeSetId,
    ChangeSetName: changeSet.changeSetName,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    ...(statusReason !== undefined && { StatusReason: statusReason }),
    CreationTime: changeSet.creationTime,
    ...(description !== undefined && { Description: description }),
    IncludeNestedStacks: changeSet.includeNestedStacks,
  }
}

function describe(changeSet: ChangeSet): DescribeChangeSetOutput {
  return {
    ...summarize(changeSet),
    Parameters: raise(changeSet.parameters),
    Tags: raise(changeSet.tags),
    Capabilities: readCapabilities(changeSet.capabilities),
    NotificationARNs: changeSet.notificationArns,
    ...(changeSet.onStackFailure && { OnStackFailure: changeSet.onStackFailure }),
    RollbackConfiguration: {},
  }
}

/** Values of properties are shown when they are asked for. */
function describeChange(change: ResourceChange, withValues: boolean) {
  const { beforeContext, afterContext, details, ...rest } = change
  return {
    Type: 'Resource',
    ResourceChange: {
      ...raise(rest),
      Details: details.map(({ target, ...detail }) => {
        const { beforeValue, afterValue, path, attributeChangeType, ...where } = target
        return {
          ...raise(detail),
          Target: {
            ...raise(where),
            ...(withValues && raise({ path, attributeChangeType, beforeValue, afterValue })),
          },
        }
      }),
      ...(withValues && raise({ beforeContext, afterContext })),
    },
  } as const
}
