import { HostError } from '../../../kernel/host-error.ts'
import { matcher } from './glob.ts'
import type { AssemblyStack } from './read-assembly.ts'

export interface Selection {
  /** Names or patterns: of the construct (`Stage/Stack`) or of the stack. */
  readonly patterns: readonly string[]
  readonly all: boolean
  /** Without the stacks that the chosen ones depend on. */
  readonly exclusively: boolean
}

/** The chosen stacks and what they depend on, each after what it depends on. */
export function selectStacks(
  stacks: readonly AssemblyStack[],
  { patterns, all, exclusively }: Selection,
): readonly AssemblyStack[] {
  if (stacks.length === 0) throw new HostError('ERR_NOT_FOUND', 'The app has no stacks')
  const chosen = choose(stacks, patterns, all)
  const wanted = exclusively ? chosen : withDependencies(stacks, chosen)
  return inOrder(stacks).filter(({ id }) => wanted.has(id))
}

function choose(
  stacks: readonly AssemblyStack[],
  patterns: readonly string[],
  all: boolean,
): ReadonlySet<string> {
  if (all) return new Set(stacks.map(({ id }) => id))
  if (patterns.length === 0) {
    const [only, ...others] = stacks
    if (only !== undefined && others.length === 0) return new Set([only.id])
    const message = `The app has several stacks; name some, or use --all:\n${list(stacks)}`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  const chosen = patterns.flatMap((pattern) => {
    const matches = matcher(pattern)
    const found = stacks.filter((it) => matches(it.displayName) || matches(it.stackName))
    if (found.length > 0) return found.map(({ id }) => id)
    throw new HostError(
      'ERR_NOT_FOUND',
      `No stack is named ${pattern}; there are:\n${list(stacks)}`,
    )
  })
  return new Set(chosen)
}

function withDependencies(
  stacks: readonly AssemblyStack[],
  chosen: ReadonlySet<string>,
): ReadonlySet<string> {
  const byId = new Map(stacks.map((it) => [it.id, it]))
  const all = new Set<string>()
  const add = (id: string) => {
    if (all.has(id)) return
    all.add(id)
    for (const dependency of byId.get(id)?.dependencies ?? []) add(dependency)
  }
  for (const id of chosen) add(id)
  return all
}

function inOrder(stacks: readonly AssemblyStack[]): readonly AssemblyStack[] {
  const byId = new Map(stacks.map((it) => [it.id, it]))
  const done = new Set<string>()
  const order: AssemblyStack[] = []
  const visit = (id: string) => {
    const stack = byId.get(id)
    if (stack === undefined || done.has(id)) return
    done.add(id) // the CDK refuses circles itself; a written one ends here
    for (const dependency of stack.dependencies) visit(dependency)
    order.push(stack)
  }
  for (const { id } of stacks) visit(id)
  return order
}

function list(stacks: readonly AssemblyStack[]): string {
  return stacks.map(({ displayName }) => `  ${displayName}`).join('\n')
}
