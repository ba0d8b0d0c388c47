/** Modern: self-contained requests, from 2026-07-28 on. Legacy: an `initialize` handshake. */
export type Era = 'modern' | 'legacy'

export type RequestId = string | number

/** The severities of RFC 5424, least severe first. */
export const LOG_LEVELS = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

export interface RequestMessage {
  readonly kind: 'request'
  readonly era: Era
  readonly revision: string
  readonly id: RequestId
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly progressToken?: RequestId
  /** Modern only: log messages at or above this level are wanted with the answer. */
  readonly logLevel?: LogLevel
}

export interface NotificationMessage {
  readonly kind: 'notification'
  readonly era: Era
  readonly revision: string
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** An answer to a question that a server without sessions never asked; accepted and dropped. */
export interface ResponseMessage {
  readonly kind: 'response'
}

export type Inbound = RequestMessage | NotificationMessage | ResponseMessage

/** Request headers with lower-case names, as `node:http` hands them over. */
export type InboundHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export function isLogLevel(value: unknown): value is LogLevel {
  return LOG_LEVELS.some((level) => level === value)
}

/** A JSON object: the only shape whose members may be read. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
