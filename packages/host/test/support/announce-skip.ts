/** Says what a run leaves out and why, where a person who reads the output sees it. */
export function announceSkip(what: string, reason: string): void {
  console.warn(`SKIPPED: ${what}, because ${reason}`)
}
