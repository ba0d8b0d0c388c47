/** Does the work at the first call, and gives everybody what came of it, a failure too. */
export interface Once<Result> {
  (): Promise<Result>
  isBegun(): boolean
}

export function once<Result>(work: () => Promise<Result>): Once<Result> {
  let begun: Promise<Result> | undefined
  return Object.assign(() => (begun ??= work()), { isBegun: () => begun !== undefined })
}
