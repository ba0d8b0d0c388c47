// Patterns that users write (AllowedPattern of template and SSM parameters). Such a pattern may take
// exponential time, so it gets a moment and not more; V8 stops a regular expression like any script.

export type PatternVerdict = 'matches' | 'differs' | 'invalid' | 'too slow'

/** Whether texts match a pattern, all of them and whole. */
export type MatchPattern = (pattern: string, texts: readonly string[]) => PatternVerdict

const LIMIT_MS = 100
/** For all the patterns of one request: none of them may be slow on its own, and there may be hundreds. */
const TOTAL_MS = 1_000

/** Whether a whole text matches a pattern that somebody wrote. */
export function matchWrittenPattern(pattern: string, text: string): PatternVerdict {
  return matchAll(pattern, [text], LIMIT_MS)
}

/** For the patterns of one request, which share its time. */
export function createPatternMatcher(): MatchPattern {
  let leftMs = TOTAL_MS
  return (pattern, texts) => {
    if (leftMs <= 0) return 'too slow'
    const startedAt = performance.now()
    const verdict = matchAll(pattern, texts, Math.ceil(Math.min(LIMIT_MS, leftMs)))
    leftMs -= performance.now() - startedAt
    return verdict
  }
}

function matchAll(pattern: string, texts: readonly string[], timeout: number): PatternVerdict {
  // loaded when it is needed: most hosts never see such a pattern
  const { runInNewContext } = process.getBuiltinModule('node:vm')
  try {
    const code = 'const regex = new RegExp(`^(?:${pattern})$`); texts.every((it) => regex.test(it))'
    const isMatch = runInNewContext(code, { pattern, texts: [...texts] }, { timeout }) === true
    return isMatch ? 'matches' : 'differs'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'too slow' : 'invalid'
  }
}
