import type { Recorded } from './recorded-row.ts'

/** An id in the form that AWS services give them. */
export function recordedUuid({ id }: Pick<Recorded, 'id'>): string {
  const hex = Buffer.from(id(16)).toString('hex')
  const ends = [8, 12, 16, 20, 32]
  return ends.map((end, index) => hex.slice(ends[index - 1] ?? 0, end)).join('-')
}
