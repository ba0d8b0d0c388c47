interface Exit {
  readonly exitCode: number | null
  readonly signal: string | null
}

/** An exit in the words of Lambda's own log lines. */
export function describeExit({ exitCode, signal }: Exit): string {
  return signal === null ? `exit status ${exitCode}` : `signal: ${signal}`
}
