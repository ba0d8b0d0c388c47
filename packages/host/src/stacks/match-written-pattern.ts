// Patterns that users write (AllowedPattern of template and SSM parameters). Such a pattern may take
// exponential time, so it gets a moment and not more; V8 stops a regular expression like any script.

export type PatternVerdict = 'matches' | 'differs' | 'invalid' | 'too slow'

const LIMIT_MS = 100

/** Whether a whole text matches a pattern that somebody wrote. */
export function matchWrittenPattern(pattern: string, text: string): PatternVerdict {
  // loaded when it is needed: most hosts never see such a pattern
  const { runInNewContext } = process.getBuiltinModule('node:vm')
  try {
    const code = 'new RegExp(`^(?:${pattern})$`).test(text)'
    return runInNewContext(code, { pattern, text }, { timeout: LIMIT_MS }) === true
      ? 'matches'
      : 'differs'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'too slow' : 'invalid'
  }
}
