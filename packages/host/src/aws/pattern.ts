// The patterns of the service models. They are Java's; what JavaScript reads differently is adapted
// here. Texts come from callers, so a pattern that backtracks more than linearly in what it may be
// given stands in LINEAR with the same language spelled differently; a test times all of them.

/** Texts longer than this are not matched at all unless the model allows them. */
export const MAX_PATTERN_TEXT = 8_192

export type Matcher = (text: string) => boolean

const compiled = new Map<string, Matcher>()

/** Whether a whole text matches, compiled once per pattern. */
export function matchPattern(pattern: string): Matcher {
  let matcher = compiled.get(pattern)
  if (matcher === undefined) {
    compiled.set(pattern, (matcher = LINEAR[pattern] ?? compile(pattern)))
  }
  return matcher
}

function compile(pattern: string): Matcher {
  const isDotAll = pattern.startsWith('(?s)')
  const source = isDotAll ? pattern.slice('(?s)'.length) : pattern
  // The unicode flag gives \p its meaning; it also refuses `[a-zA-Z0-9-_]`, which others contain.
  const flags = `${isDotAll ? 's' : ''}${source.includes('\\p{') ? 'u' : ''}`
  const expression = new RegExp(`^(?:${source})$`, flags)
  return (text) => expression.test(text)
}

const ANY_TEXT = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*'
const isAnyText = /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u
const isMarks = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u
const TOKEN = '[A-Za-z0-9-_=]+'

const LINEAR: Readonly<Record<string, Matcher>> = {
  // Cognito's message templates: any text with a placeholder in it
  [`${ANY_TEXT}\\{####\\}${ANY_TEXT}`]: (text) => text.includes('{####}') && isAnyText.test(text),
  [`${ANY_TEXT}\\{##${ANY_TEXT}##\\}${ANY_TEXT}`]: (text) => {
    const start = text.indexOf('{##')
    return start !== -1 && text.lastIndexOf('##}') >= start + 3 && isAnyText.test(text)
  },
  // Cognito's email address; the @ is itself one of the marks
  '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+': (text) => {
    const at = text.indexOf('@', 1)
    return at !== -1 && at < text.length - 1 && isMarks.test(text)
  },
  // AgentCore's user token: the dots are unescaped, so each stands for any one character
  [`${TOKEN}.${TOKEN}.${TOKEN}`]: matchToken,
}

/** Three runs of token characters around two characters of any kind (but a line's end). */
function matchToken(text: string): boolean {
  const others = [...text.matchAll(/[^A-Za-z0-9_=-]/g)].slice(0, 3).map(({ index }) => index)
  const [first, second, third] = others
  if (third !== undefined || text.length < 5 || /[\n\r\u2028\u2029]/.test(text)) return false
  if (first === undefined) return true
  const last = text.length - 1
  if (second === undefined) {
    const [before, after] = [first, last - first]
    return before > 0 && after > 0 && (before >= 3 || after >= 3)
  }
  return first > 0 && second < last && second > first + 1
}
