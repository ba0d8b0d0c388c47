// The custom resources whose work the host does itself, because their functions would call a service
// that is not here, and the one type for all others.
import type { ResourceType } from '../resource-type.ts'
import { stateMachineType } from '../waiters/state-machine-type.ts'
import { containerImageBuildType } from './container-image-build.ts'
import { customResourceType } from './custom-resource-type.ts'
import { logRetentionType } from './log-retention.ts'
import type { CustomResourcePorts } from './ports.ts'

/**
 * Rows of the table of types: the one of AWS::CloudFormation::CustomResource also stands for every
 * `Custom::*` without a row of its own.
 */
export function customResourceTypes(ports: CustomResourcePorts): ReadonlyMap<string, ResourceType> {
  const types = [
    containerImageBuildType(ports.registerBuild),
    logRetentionType,
    customResourceType(ports),
    ...(ports.waiters === undefined ? [] : [stateMachineType(ports.waiters)]),
  ]
  return new Map(types.map((each) => [each.type, each]))
}
