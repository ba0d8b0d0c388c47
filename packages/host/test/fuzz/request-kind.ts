import type { Random } from './random.ts'
import type { World } from './world.ts'

/** Bytes for one connection, and how they are sent. */
export interface Shot {
  readonly bytes: Buffer
  /** How many answers belong to these bytes; more than one when requests are pipelined. */
  readonly answers?: number
  /** The client goes away after the bytes, without waiting for an answer. */
  readonly hangsUp?: boolean
  /** No answer to this request has a body (HEAD). */
  readonly isHead?: boolean
  /** Nothing else may follow on the same connection. */
  readonly isLast?: boolean
}

/**
 * One way to be wrong and every right answer to it. An answer reads `<status>` or `<status> <what>`,
 * where what is a JSON-RPC code, an OAuth error, `isError` or `result`; a status alone allows any.
 * `closed` is a connection ended without an answer; ` + ` separates pipelined answers.
 */
export interface RequestKind {
  readonly name: string
  readonly right: readonly string[]
  /** How often it is drawn, compared with the others. Default 10. */
  readonly weight?: number
  make(random: Random, world: World): Shot | Promise<Shot>
}
