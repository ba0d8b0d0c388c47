import type { JsonObject } from '../json.ts'

/** What the state machine of CDK's provider framework does: it asks until somebody is done. */
export interface WaiterDefinition {
  /** Throws until the resource is complete. */
  readonly isCompleteArn: string
  /** Called with the last error when it never is. */
  readonly onTimeoutArn: string
  readonly intervalSeconds: number
  /** After the first try. */
  readonly maxAttempts: number
  readonly backoffRate: number
}

/** Reads such a definition (aws-cdk-lib, custom-resources, WaiterStateMachine); undefined for any other. */
export function parseWaiter(definition: string): WaiterDefinition | undefined {
  const { StartAt, States } = parseObject(definition)
  const states = objectOf(States)
  const first = objectOf(states[textOf(StartAt)])
  const retry = objectOf(listOf(first['Retry'])[0])
  const last = objectOf(states[textOf(objectOf(listOf(first['Catch'])[0])['Next'])])
  const isWaiter =
    [first, last].every((it) => it['Type'] === 'Task' && it['End'] === true) &&
    Object.keys(states).length === 2
  const { IntervalSeconds, MaxAttempts, BackoffRate } = retry
  const [interval, attempts, rate] = [IntervalSeconds, MaxAttempts, BackoffRate].map(Number)
  const isCompleteArn = textOf(first['Resource'])
  const onTimeoutArn = textOf(last['Resource'])
  if (!isWaiter || isCompleteArn === '' || onTimeoutArn === '') return undefined
  if (!isWithin(interval, 1, 86_400) || !isWithin(attempts, 0, 99_999_999)) return undefined
  if (!isWithin(rate, 1, 1_000)) return undefined
  return {
    isCompleteArn,
    onTimeoutArn,
    intervalSeconds: interval,
    maxAttempts: attempts,
    backoffRate: rate,
  }
}

/** Node waits 1 ms for what does not fit into 32 bits. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** How long to wait before the first try again (0), the second (1), and so on. */
export function waitBefore(
  { intervalSeconds, backoffRate }: WaiterDefinition,
  retry: number,
): number {
  return Math.min(intervalSeconds * 1_000 * backoffRate ** retry, LONGEST_WAIT_MS)
}

function isWithin(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && value >= least && value <= most
}

function parseObject(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return {} // no definition, whatever it is
  }
}

function objectOf(value: unknown): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as JsonObject) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
