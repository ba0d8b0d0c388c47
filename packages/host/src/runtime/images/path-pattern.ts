// Patterns of .dockerignore and COPY: `*`, `?`, `[a-z]` within a part of a path, `**` over parts. Matched
// without regular expressions, in time that grows with the product of the lengths and no faster.

/** A pattern's or a path's parts, between slashes, and the characters of each: taken apart once. */
export type PathParts = readonly (readonly string[])[]

/** Whether the whole path matches; parts are between slashes. */
export function matchesPath(pattern: string, path: string): boolean {
  return matchParts(splitPattern(pattern), splitPath(path))
}

/** Whether the path, or a folder that it is in, matches. */
export function matchesPathOrParent(pattern: PathParts, path: PathParts): boolean {
  return path.some((_, index) => matchParts(pattern, path.slice(0, index + 1)))
}

export function splitPattern(pattern: string): PathParts {
  return partsOf(pattern).map(tokensOf)
}

export function splitPath(path: string): PathParts {
  return partsOf(path).map((part) => Array.from(part))
}

export function isPattern(text: string): boolean {
  return /[*?[]/.test(text)
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function matchParts(pattern: PathParts, parts: PathParts): boolean {
  return matchWithStar(pattern, parts, isAnyParts, matchPart)
}

function isAnyParts(tokens: readonly string[]): boolean {
  return tokens.length === 2 && tokens[0] === '*' && tokens[1] === '*'
}

function matchPart(tokens: readonly string[], part: readonly string[]): boolean {
  return matchWithStar(tokens, part, (it) => it === '*', matchToken)
}

/** The usual way with one kind of star: go back to the last one only. */
function matchWithStar<Wanted, Item>(
  pattern: readonly Wanted[],
  items: readonly Item[],
  isStar: (it: Wanted) => boolean,
  matches: (pattern: Wanted, item: Item) => boolean,
): boolean {
  let at = 0
  let star = -1
  let from = 0
  let index = 0
  while (index < items.length) {
    const wanted = pattern[at]
    const item = items[index]
    if (wanted !== undefined && isStar(wanted)) {
      star = at++
      from = index
    } else if (wanted !== undefined && item !== undefined && matches(wanted, item)) {
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
