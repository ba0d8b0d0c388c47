import type { ChildExit } from '../process/child.ts'

/** The end of a process in words. */
export function describeExit({ exitCode, signal }: ChildExit): string {
  return signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`
}
