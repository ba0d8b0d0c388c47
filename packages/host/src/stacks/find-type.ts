import type { ResourceType } from './resource-type.ts'

const CUSTOM_RESOURCE = 'AWS::CloudFormation::CustomResource'

/** A type of a template among those of this host; `Custom::` ones without a row of their own are custom resources. */
export function findType(
  types: ReadonlyMap<string, ResourceType>,
  type: string,
): ResourceType | undefined {
  const custom = type.startsWith('Custom::') ? types.get(CUSTOM_RESOURCE) : undefined
  return types.get(type) ?? custom
}
