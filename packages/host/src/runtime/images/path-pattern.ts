// Patterns of .dockerignore and COPY: `*`, `?`, `[a-z]` within a part of a path, `**` over parts. Matched
// without regular expressions, in time that grows with the product of the lengths and no faster.

/** Whether the whole path matches; parts are between slashes. */
export function matchesPath(pattern: string, path: string): boolean {
  return matchParts(partsOf(pattern), partsOf(path))
}

/** Whether the path, or a folder that it is in, matches. */
export function matchesPathOrParent(pattern: string, path: string): boolean {
  const parts = partsOf(path)
  const wanted = partsOf(pattern)
  return parts.some((_, index) => matchParts(wanted, parts.slice(0, index + 1)))
}

export function isPattern(text: string): boolean {
  return /[*?[]/.test(text)
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function matchParts(pattern: readonly string[], parts: readonly string[]): boolean {
  return matchWithStar(pattern, parts, (it) => it === '**', matchPart)
}

function matchPart(pattern: string, part: string): boolean {
  return matchWithStar(tokensOf(pattern), Array.from(part), (it) => it === '*', matchToken)
}

/** The usual way with one kind of star: go back to the last one only. */
function matchWithStar(
  pattern: readonly string[],
  items: readonly string[],
  isStar: (it: string) => boolean,
  matches: (pattern: string, item: string) => boolean,
): boolean {
  let at = 0
  let star = -1
  let from = 0
  let index = 0
  while (index < items.length) {
    const wanted = pattern[at]
    if (wanted !== undefined && isStar(wanted)) {
      star = at++
      from = index
    } else if (wanted !== undefined && matches(wanted, items[index] ?? '')) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      index = ++from
    } else return false
  }
  return pattern.slice(at).every(isStar)
}

/** Characters, escaped ones and classes. */
function tokensOf(pattern: string): readonly string[] {
  return pattern.match(/\\.|\[[^\]]+\]|./gsu) ?? []
}

function matchToken(token: string, char: string): boolean {
  if (token === '?') return true
  if (token.startsWith('\\')) return token.slice(1) === char
  if (!token.startsWith('[') || token.length < 3) return token === char
  const isNegated = /^\[[!^]/.test(token)
  const ranges = token.slice(isNegated ? 2 : 1, -1).match(/.-.|./gsu) ?? []
  const isIn = ranges.some((range) => {
    const [low = '', , high = low] = range
    return low <= char && char <= high
  })
  return isIn !== isNegated
}
