import type { TimestampFormat } from './service-model.ts'

/** A date as the wire wants it: a text, or (`unixTimestamp`) seconds with a fraction. */
export function formatTimestamp(date: Date, format: TimestampFormat): string | number {
  switch (format) {
    case 'iso8601':
      return date.toISOString()
    case 'unixTimestamp':
      return date.getTime() / 1000
    case 'rfc822':
      return date.toUTCString()
  }
}

/** What a caller sent as a date, in whichever of the formats; undefined when it is none. */
export function parseTimestamp(value: unknown): Date | undefined {
  if (typeof value === 'number') return validDate(value * 1000)
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined
  if (/^-?\d+(\.\d+)?$/.test(value)) return validDate(Number(value) * 1000)
  return /^\d{4}-\d\d-\d\dT|^[A-Z][a-z]{2}, /.test(value) ? validDate(Date.parse(value)) : undefined
}

const MAX_LENGTH = 64

function validDate(milliseconds: number): Date | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date
}
