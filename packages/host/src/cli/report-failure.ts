import { HostError, type HostErrorCode } from '../kernel/host-error.ts'

/** Exit codes of the command line; a script may rely on them. */
const EXIT_CODES: Record<HostErrorCode, number> = {
  ERR_INVALID_INPUT: 2,
  ERR_UNAUTHENTICATED: 3,
  ERR_FORBIDDEN: 3,
  ERR_NOT_FOUND: 4,
  ERR_CONFLICT: 5,
  ERR_LIMIT_EXCEEDED: 5,
  ERR_THROTTLED: 5,
  ERR_NOT_SUPPORTED: 6,
  ERR_TARGET_FAILED: 7,
}

/** Says on stderr what went wrong and returns the exit code that tells it to a script. */
export function reportFailure(error: unknown): number {
  if (error instanceof HostError) {
    process.stderr.write(`catamaran: ${error.message}\n`)
    return EXIT_CODES[error.code]
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`catamaran: unexpected error, please report it\n${text}\n`)
  return 1
}
