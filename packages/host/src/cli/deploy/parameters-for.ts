import { HostError } from '../../kernel/host-error.ts'
import type { GivenParameter } from './aws/cloudformation.ts'
import type { StackDescription } from './aws/stack-description.ts'
import { isObject } from './cdk/read-json-file.ts'
import type { ReadStack } from './stack-source.ts'

/** Those that are given, and for the others what the stack has already. */
export function parametersFor(
  { template, parameters, stackName }: ReadStack,
  given: ReadonlyMap<string, string>,
  before: StackDescription | undefined,
): readonly GivenParameter[] {
  const declared = template['Parameters']
  const names = new Set(Object.keys(isObject(declared) ? declared : {}))
  for (const name of given.keys()) {
    if (!names.has(name)) {
      const message = `The stack ${stackName} has no parameter ${name}; it has: ${[...names].join(', ') || 'none'}`
      throw new HostError('ERR_INVALID_INPUT', message)
    }
  }
  return [...names].flatMap((key): GivenParameter[] => {
    const value = given.get(key) ?? parameters[key]
    if (value !== undefined) return [{ key, value }]
    return before?.parameters.has(key) ? [{ key, usePreviousValue: true }] : []
  })
}
