import { UNSUPPORTED_CUSTOM_RESOURCES } from './custom-resources/missing-services.ts'
import type { ResourceType } from './resource-type.ts'

const CUSTOM_RESOURCE = 'AWS::CloudFormation::CustomResource'

/**
 * A type of a template among those of this host; `Custom::` ones without a row of their own are custom
 * resources, unless their functions are known to call what is not here.
 */
export function findType(
  types: ReadonlyMap<string, ResourceType>,
  type: string,
): ResourceType | undefined {
  const isCustom = type.startsWith('Custom::') && !UNSUPPORTED_CUSTOM_RESOURCES.has(type)
  return types.get(type) ?? (isCustom ? types.get(CUSTOM_RESOURCE) : undefined)
}
