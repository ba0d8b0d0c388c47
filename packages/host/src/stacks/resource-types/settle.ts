import { setTimeout as delay } from 'node:timers/promises'
import { HostError } from '../../kernel/host-error.ts'
import type { Output } from './output.ts'

/** How a resource tells that it is usable. */
export interface Settling {
  /** The member with the status. */
  readonly status: string
  readonly settled: readonly string[]
  /** While it has one of these it is on its way; any other is a failure. */
  readonly underWay: readonly string[]
  /** The member with a sentence or several about a failure. */
  readonly reasons: string
}

const FIRST_DELAY_MS = 10
const MAX_DELAY_MS = 500
/** An artifact whose packages are installed may take minutes; nothing takes longer than this. */
const LIMIT_MS = 30 * 60_000

/** Reads until the resource is usable; a failure is a refusal with the service's own reasons. */
export async function settle(
  { status, settled, underWay, reasons }: Settling,
  read: () => Promise<Output>,
  signal: AbortSignal,
): Promise<Output> {
  const deadline = Date.now() + LIMIT_MS
  for (let waitMs = FIRST_DELAY_MS; ; waitMs = Math.min(waitMs * 2, MAX_DELAY_MS)) {
    const output = await read()
    const current = String(output[status])
    if (settled.includes(current)) return output
    if (!underWay.includes(current)) {
      throw new HostError('ERR_TARGET_FAILED', describeFailure(current, output[reasons]))
    }
    if (Date.now() > deadline) {
      throw new HostError(
        'ERR_TARGET_FAILED',
        `It is still ${current} after ${LIMIT_MS / 60_000} minutes`,
      )
    }
    await delay(waitMs, undefined, { signal })
  }
}

function describeFailure(status: string, reasons: unknown): string {
  const texts = Array.isArray(reasons) ? reasons : reasons === undefined ? [] : [reasons]
  return texts.length === 0 ? `It is ${status}` : `It is ${status}: ${texts.join('; ')}`
}
