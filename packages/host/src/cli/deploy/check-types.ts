import { HostError } from '../../kernel/host-error.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import type { Target } from './aws/connect.ts'
import type { ReadStack } from './stack-source.ts'

/** Refuses types of resources that the host does not have, those of all stacks, before the first is made. */
export async function checkTypes(stacks: readonly ReadStack[], target: Target): Promise<void> {
  if (stacks.length < 2) return // the host says it of one stack before it makes anything
  const cloudFormation = createCloudFormation(target.connect())
  const types = new Set(stacks.flatMap((stack) => typesOf(stack)))
  const unrecognized = await cloudFormation.unrecognizedTypes(types)
  const lines = stacks.flatMap((stack) => {
    const those = [...new Set(typesOf(stack))].filter((type) => unrecognized.has(type))
    return those.length === 0 ? [] : [`  ${stack.stackName}: ${those.join(', ')}`]
  })
  if (lines.length === 0) return
  const advice = '--skip-unknown leaves them out; docs/compatibility.md lists what this host has'
  const message = `Nothing was made: the host has no resources of these types\n${lines.join('\n')}\n${advice}`
  throw new HostError('ERR_INVALID_INPUT', message)
}

function typesOf({ template }: ReadStack): readonly string[] {
  const { Resources: resources } = template
  if (typeof resources !== 'object' || resources === null) return []
  return Object.values(resources).flatMap((resource: unknown) => {
    const type = (resource as { readonly Type?: unknown } | null)?.Type
    return typeof type === 'string' ? [type] : []
  })
}
