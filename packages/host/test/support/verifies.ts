import { test, type TestContext } from 'vitest'
import { requirements, type Requirement, type RequirementId } from '../requirements.ts'

/**
 * A test that proves one requirement; the id is checked by the compiler, so a typo cannot pass. A
 * known failure must fail: the day it passes, its mark has to go.
 */
export function verifies(
  id: RequirementId,
  body: (context: TestContext) => Promise<void>,
  options: { readonly timeout?: number } = {},
): void {
  const { behavior, knownFailure }: Requirement = requirements[id]
  test(`${id}: ${behavior}`, { ...options, fails: knownFailure !== undefined }, body)
}
