// The custom resources whose work the host does itself, because their functions would call a service
// that is not here, and the one type for all others.
import type { ResourceType } from '../resource-type.ts'
import { containerImageBuildType } from './container-image-build.ts'
import { customResourceType } from './custom-resource-type.ts'
import { logRetentionType } from './log-retention.ts'
import type { CustomResourcePorts } from './ports.ts'

/** Why these cannot work, though their functions would run. */
const REFUSED: Readonly<Record<string, string>> = {
  'Custom::CDKNodejsBuild':
    'Custom::CDKNodejsBuild builds with AWS CodeBuild, which is not here; build before the deployment and use BucketDeployment',
  'Custom::CDKSociIndexBuild':
    'Custom::CDKSociIndexBuild indexes an image with AWS CodeBuild, which is not here; leave it out',
}

/** Rows of the table of types; the last one also stands for every other `Custom::*`. */
export function customResourceTypes(ports: CustomResourcePorts): ReadonlyMap<string, ResourceType> {
  const custom = customResourceType(ports)
  const refused = Object.entries(REFUSED).map(([type, reason]) => ({
    ...custom,
    type,
    check: () => [reason],
  }))
  const types = [containerImageBuildType(ports.registerBuild), logRetentionType, ...refused, custom]
  return new Map(types.map((each) => [each.type, each]))
}
