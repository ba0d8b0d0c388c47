import { invalidArgument } from './s3-faults.ts'

/** A number in a query; the usual one where it is left out. */
export function readWhole(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name) ?? ''
  if (text === '') return usual
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`)
}
