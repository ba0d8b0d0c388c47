/** Where structured records go. Fields are flat; secrets never enter one. */
export interface Log {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** Records as one JSON object a line, written by `write` (a line, with its newline). */
export function jsonLog(write: (line: string) => void): Log {
  const record = (level: string) => (message: string, fields?: LogFields) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
  return { info: record('info'), warn: record('warn'), error: record('error') }
}

/** A log that keeps nothing, for callers that do not want one. */
export const silentLog: Log = { info() {}, warn() {}, error() {} }
