import type { Buckets } from '../../code/buckets/buckets.ts'

/** What resource types need besides the operations of this host's services; `server` fills it. */
export interface ResourceTypePorts {
  readonly buckets: Pick<Buckets, 'change' | 'create' | 'delete'>
}
