import { AwsFault } from '../../aws/aws-fault.ts'

/** The first and the last byte of a part of a body. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** What a Range header asks for; undefined for the whole, which also answers what is no range (RFC 9110 §14.2). */
export function readRange(text: string | undefined, size: number): ByteRange | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text?.trim() ?? '')
  const [, first = '', last = ''] = found ?? []
  if (found === null || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    if (length === 0) throw unsatisfiable(size)
    return { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (start >= size) throw unsatisfiable(size)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return end < start ? undefined : { start, end }
}

function unsatisfiable(size: number): AwsFault {
  return new AwsFault('InvalidRange', 416, 'The requested range is not satisfiable', {
    members: { ActualObjectSize: size },
    headers: { 'content-range': `bytes */${size}` },
  })
}
