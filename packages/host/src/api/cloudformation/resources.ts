import { HostError } from '../../kernel/host-error.ts'
import type { StackResource as ResourceView, Stacks } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { PAGE } from './newest-first.ts'
import type { CloudformationOperations, StackResource } from './shapes.ts'

const DRIFT = { DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' } } as const

/** The resources of a stack, in three shapes. */
export function resourceOperations(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    async DescribeStackResource({ StackName, LogicalResourceId }, { scope }) {
      const resources = await stacks.resources(scope, StackName)
      const resource = resources.find((each) => each.logicalResourceId === LogicalResourceId)
      if (resource === undefined) throw missing(LogicalResourceId, StackName)
      const { stackId, stackName, metadata, timestamp } = resource
      return {
        StackResourceDetail: {
          ...describe(resource),
          StackId: stackId,
          StackName: stackName,
          LastUpdatedTimestamp: timestamp,
          ...(metadata !== undefined && { Metadata: metadata }),
        },
      }
    },
    async DescribeStackResources(input, { scope }) {
      const { StackName: name, PhysicalResourceId: id, LogicalResourceId: logicalId } = input
      if ((name === undefined) === (id === undefined)) {
        throw new HostError(
          'ERR_INVALID_INPUT',
          'Either StackName or PhysicalResourceId must be given, and not both.',
        )
      }
      const resources =
        name === undefined
          ? await stacks.resourcesAround(scope, id ?? '')
          : await stacks.resources(scope, name)
      const chosen = resources
        .filter((each) => logicalId === undefined || each.logicalResourceId === logicalId)
        .slice(0, PAGE)
      if (chosen.length === 0 && logicalId !== undefined) throw missing(logicalId, name ?? id ?? '')
      return { StackResources: chosen.map(describeInStack) }
    },
    async ListStackResources({ StackName, NextToken }, { scope }) {
      const page = paginate(await stacks.resources(scope, StackName), {
        maxResults: undefined,
        nextToken: NextToken,
        limit: PAGE,
        keyOf: ({ logicalResourceId }) => logicalResourceId,
      })
      return {
        StackResourceSummaries: page.items.map((resource) => ({
          ...describe(resource),
          LastUpdatedTimestamp: resource.timestamp,
        })),
        NextToken: page.nextToken,
      }
    },
  }
}

function describe(resource: ResourceView) {
  const { physicalResourceId, resourceStatusReason } = resource
  return {
    LogicalResourceId: resource.logicalResourceId,
    ...(physicalResourceId !== undefined && { PhysicalResourceId: physicalResourceId }),
    ResourceType: resource.resourceType,
    ResourceStatus: resource.resourceStatus,
    ...(resourceStatusReason !== undefined && { ResourceStatusReason: resourceStatusReason }),
    ...DRIFT,
  }
}

function describeInStack(resource: ResourceView): StackResource {
  const { stackId, stackName, timestamp } = resource
  return { ...describe(resource), StackId: stackId, StackName: stackName, Timestamp: timestamp }
}

function missing(logicalId: string, stackName: string): HostError {
  return new HostError(
    'ERR_NOT_FOUND',
    `Resource ${logicalId} does not exist for stack ${stackName}`,
  )
}
