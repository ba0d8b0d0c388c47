/** Endings of English words, the longest first, and what stays of each. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/sses$/, 'ss'],
  [/ies$/, 'y'],
  [/(?<![su])s$/, ''],
]
const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/(?:ization|isation)$/, 'ize'],
  [/ation$/, 'ate'],
  [/(?:ings?|ed|er|ers|or|ly)$/, ''],
  [/ment$/, ''],
  [/ion$/, ''],
]
const MIN_STEM = 3

/** What the forms of an English word have in common, roughly: enough to compare a query with a name. */
export function stem(word: string): string {
  const single = reduce(word, ENDINGS)
  const bare = reduce(single, SUFFIXES)
  return bare.replace(/([bdfglmnprt])\1$/, '$1').replace(/(?<=\w{3})e$/, '')
}

function reduce(word: string, endings: readonly (readonly [RegExp, string])[]): string {
  for (const [ending, rest] of endings) {
    if (!ending.test(word)) continue
    const reduced = word.replace(ending, rest)
    return reduced.length >= MIN_STEM ? reduced : word
  }
  return word
}
