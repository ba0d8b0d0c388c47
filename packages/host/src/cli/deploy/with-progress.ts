import { createCleanup, type Cleanup } from '../../kernel/cleanup.ts'
import { hearInterruption } from './interruption.ts'
import { createReporter, type Reporter } from './progress/reporter.ts'

export interface Progress {
  readonly reporter: Reporter
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  readonly cleanup: Cleanup
}

/**
 * A command whose progress shows on stderr. With `describeInterruption`, Ctrl-C is no failure: the
 * sentence is said instead, and the exit code is 130.
 */
export async function withProgress(
  { json }: { readonly json?: boolean | undefined },
  work: (progress: Progress) => Promise<void>,
  describeInterruption?: () => string,
): Promise<void> {
  const cleanup = createCleanup()
  using interruption = hearInterruption()
  const { signal } = interruption
  const reporter = createReporter(process.stderr, json === true)
  cleanup.defer(() => reporter.close())
  try {
    await work({ reporter, signal, cleanup })
  } catch (error) {
    if (!signal.aborted || describeInterruption === undefined) throw error
    reporter.close()
    process.stderr.write(describeInterruption())
    process.exitCode = 130
  } finally {
    await cleanup.run()
  }
}
