import { HostError } from '../kernel/host-error.ts'

/** One mistake in what a person asked for, and where: a JSON Pointer (RFC 6901) into the input. */
export interface Problem {
  readonly pointer: string
  readonly message: string
  /** The service has it and this host does not, yet: not the caller's mistake. */
  readonly isNotSupported?: boolean
}

/** Throws one refusal that lists every problem; returns when there is none. */
export function refuseProblems(what: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const isNotSupported = problems.some((problem) => problem.isNotSupported === true)
  const lines = problems.map(({ pointer, message }) => `  ${pointer || 'It'}: ${message}`)
  throw new HostError(
    isNotSupported ? 'ERR_NOT_SUPPORTED' : 'ERR_INVALID_INPUT',
    `${what} cannot be used:\n${lines.join('\n')}`,
  )
}

/** The pointer to a member or an element of what `pointer` names. */
export function childPointer(pointer: string, name: string | number): string {
  if (typeof name === 'number') return `${pointer}/${name}`
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
