import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { StackBook } from './stack-book.ts'
import type { StackRecord } from './stack-record.ts'

/** By name, or by id, which finds deleted stacks too. */
export function findStack(
  book: StackBook,
  scope: Scope,
  nameOrId: string,
): StackRecord | undefined {
  if (nameOrId.startsWith('arn:')) {
    const stack = book.stack(nameOrId)
    return stack && scopeKey(stack.scope) === scopeKey(scope) ? stack : undefined
  }
  return book
    .stacks()
    .find(
      ({ stackName, status, scope: its }) =>
        stackName === nameOrId && status !== 'DELETE_COMPLETE' && scopeKey(its) === scopeKey(scope),
    )
}

/** Refuses what does not exist in the words of most operations. */
export function getStack(book: StackBook, scope: Scope, nameOrId: string): StackRecord {
  const stack = findStack(book, scope, nameOrId)
  if (stack !== undefined) return stack
  throw new HostError('ERR_NOT_FOUND', `Stack with id ${nameOrId} does not exist`)
}

/** The same for what is to be changed: deleted stacks cannot be. */
export function getChangeable(book: StackBook, scope: Scope, nameOrId: string): StackRecord {
  const stack = findStack(book, scope, nameOrId)
  if (stack !== undefined && stack.status !== 'DELETE_COMPLETE') return stack
  throw new HostError('ERR_NOT_FOUND', `Stack [${nameOrId}] does not exist`)
}
