import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { StackBook } from './stack-book.ts'
import type { Deployment, StackRecord, StoredOutput } from './stack-record.ts'

export interface StoredExport {
  readonly exportingStackId: string
  readonly name: string
  readonly value: string
}

/** What the stacks of an account export in a Region. */
export function exportsOf(book: StackBook, scope: Scope): readonly StoredExport[] {
  return book
    .stacks()
    .filter((stack) => scopeKey(stack.scope) === scopeKey(scope) && isThere(stack))
    .flatMap(({ stackId, outputs }) =>
      outputs.flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ exportingStackId: stackId, name: exportName, value }],
      ),
    )
}

/** The stacks that stand on an export, or are about to. */
export function importersOf(book: StackBook, scope: Scope, exportName: string): StackRecord[] {
  return book
    .stacks()
    .filter((stack) => scopeKey(stack.scope) === scopeKey(scope) && isThere(stack))
    .filter((stack) =>
      deploymentsOf(stack).some((deployment) => deployment.imports.includes(exportName)),
    )
}

/** Why the outputs of a stack cannot become these, in CloudFormation's words; undefined when they can. */
export function exportsProblem(
  book: StackBook,
  stack: StackRecord,
  outputs: readonly StoredOutput[],
): string | undefined {
  const others = exportsOf(book, stack.scope).filter(
    ({ exportingStackId }) => exportingStackId !== stack.stackId,
  )
  const seen = new Set<string>()
  for (const { exportName } of outputs) {
    if (exportName === undefined) continue
    const owner = others.find(({ name }) => name === exportName)
    const ownerName = owner && book.stack(owner.exportingStackId)?.stackName
    if (ownerName !== undefined) {
      return `Export with name ${exportName} is already exported by stack ${ownerName}.`
    }
    if (seen.has(exportName)) return `Duplicate Export names: [${exportName}].`
    seen.add(exportName)
  }
  return changedImports(book, stack, outputs)
}

function changedImports(
  book: StackBook,
  stack: StackRecord,
  outputs: readonly StoredOutput[],
): string | undefined {
  const importers = importersByName(book, stack)
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue
    const after = outputs.find((output) => output.exportName === exportName)
    if (after?.value === value) continue
    const users = importers.get(exportName) ?? []
    if (users.length === 0) continue
    const verb = after === undefined ? 'Delete' : 'Update'
    return `${verb} canceled. Cannot ${verb.toLowerCase()} export ${exportName} as it is in use by ${users.join(' and ')}.`
  }
  return undefined
}

/** The names of other stacks, by what they import. */
function importersByName(book: StackBook, stack: StackRecord): ReadonlyMap<string, string[]> {
  const importers = new Map<string, string[]>()
  for (const other of book.stacks()) {
    const isOther = other.stackId !== stack.stackId && isThere(other)
    if (!isOther || scopeKey(other.scope) !== scopeKey(stack.scope)) continue
    for (const name of new Set(deploymentsOf(other).flatMap(({ imports }) => imports))) {
      importers.set(name, [...(importers.get(name) ?? []), other.stackName])
    }
  }
  return importers
}

function deploymentsOf({ deployed, attempted, operation }: StackRecord): Deployment[] {
  const target = operation?.kind === 'deploy' ? operation.target : undefined
  return [deployed, attempted, target].filter((each) => each !== undefined)
}

function isThere({ status }: StackRecord): boolean {
  return status !== 'DELETE_COMPLETE'
}
