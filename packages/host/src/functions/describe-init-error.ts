import type { FunctionError } from './outcome.ts'

const MAX_LINES = 12

/** Why code does not start and where, for its author: the message, the source line, the first frame. */
export function describeInitError({
  errorType,
  errorMessage,
  stackTrace = [],
}: FunctionError): string {
  const [first = '', ...others] = errorMessage.split('\n')
  const message = first.replace(/^\w*Error: /, '')
  const where = stackTrace
    .flatMap((entry) => entry.trimEnd().split('\n'))
    .filter((line) => line.trim() !== '' && !isNodesOwn(line))
    .filter((line) => !others.includes(line) && (isFrame(line) || !line.endsWith(message)))
  return [`${errorType}: ${errorMessage}`, ...where.slice(0, MAX_LINES)].join('\n')
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}

function isNodesOwn(line: string): boolean {
  return isFrame(line) && /\(?node:/.test(line)
}
