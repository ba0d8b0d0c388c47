import type { Readable } from 'node:stream'
import type { StreamedPayload } from '../../aws/streamed-payload.ts'
import type { BucketStore } from '../../code/buckets/open-bucket-store.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Scope } from '../../kernel/scope.ts'

/** One request, once it is known who sent it. */
export interface S3Call {
  readonly scope: Scope
  /** Empty for what concerns no bucket. */
  readonly bucket: string
  /** Empty for what concerns no object. */
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: Exchange['headers']
  readonly payload: StreamedPayload
  readonly store: BucketStore
  /** Bytes that one request may bring; objects in parts may be longer. */
  readonly maxObjectBytes: number
}

export interface S3Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | S3File
}

/** Bytes `start` to `end`, both included, of an open file, which whoever answers closes. */
export interface S3File extends AsyncDisposable {
  /** Asked for once. */
  read(): Readable
}

export type S3Handler = (call: S3Call) => Promise<S3Answer>

export const NO_CONTENT: S3Answer = { status: 204 }
