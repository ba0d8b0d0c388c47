import { HostError } from '../kernel/host-error.ts'

/** A server that did not come up. The message is ours; the lines are whatever the server wrote. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly lastLines: string

  constructor(message: string, lastLines: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.lastLines = lastLines
  }
}

/** For whoever deploys the server, and may read what it wrote. */
export function describeStartFailure(error: unknown): unknown {
  if (!(error instanceof StartFailure)) return error
  const wrote = error.lastLines === '' ? '. It wrote nothing' : `. It wrote:\n${error.lastLines}`
  return new HostError('ERR_TARGET_FAILED', error.message + wrote, { cause: error })
}
