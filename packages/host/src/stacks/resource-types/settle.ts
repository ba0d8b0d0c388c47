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
  settling: Settling,
  read: () => Promise<Output>,
  signal: AbortSignal,
): Promise<Output> {
  const { status, settled, underWay, reasons } = settling
  const output = await whileUnderWay(settling, read, signal)
  const current = String(output[status])
  if (settled.includes(current)) return output
  const reason = underWay.includes(current)
    ? `It is still ${current} after ${LIMIT_MS / 60_000} minutes`
    : describeFailure(current, output[reasons])
  throw new HostError('ERR_TARGET_FAILED', reason)
}

/** Reads until the resource is not on its way any more, or has been for too long. */
export async function whileUnderWay(
  { status, underWay }: Settling,
  read: () => Promise<Output>,
  signal: AbortSignal,
): Promise<Output> {
  const deadline = Date.now() + LIMIT_MS
  for (let waitMs = FIRST_DELAY_MS; ; waitMs = Math.min(waitMs * 2, MAX_DELAY_MS)) {
    const output = await read()
    if (!underWay.includes(String(output[status])) || Date.now() > deadline) return output
    await delay(waitMs, undefined, { signal })
  }
}

function describeFailure(status: string, reasons: unknown): string {
  const texts = Array.isArray(reasons) ? reasons : reasons === undefined ? [] : [reasons]
  return texts.length === 0 ? `It is ${status}` : `It is ${status}: ${texts.join('; ')}`
}
