import type { LogLevel } from './protocol/index.ts'

/** One line for a log, whatever the handler logs; never throws. */
export function formatLogLine(level: LogLevel, messageOrData: unknown): string {
  const isLine = typeof messageOrData === 'string' && !/[\r\n]/.test(messageOrData)
  const text = isLine ? messageOrData : JSON.stringify(toLogData(messageOrData))
  return `${level.toUpperCase()} ${text}`
}

/** The log of both hulls: what a function or a container prints is what its platform keeps. */
export function writeLogLine(line: string): void {
  console.log(line) // oxlint-disable-line no-console
}

/** The value if it is JSON, else the best text for it; never throws. */
export function toLogData(value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message
  try {
    return JSON.stringify(value) === undefined ? String(value) : value
  } catch {
    return String(value) // cyclic, or with a bigint in it
  }
}
