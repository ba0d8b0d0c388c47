/** A reproducible source of choices: the same seed makes the same request on every machine. */
export interface Random {
  /** An integer from `from` to `to`, both included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** Text of any characters, lone surrogates and controls included. */
  text(maxLength: number): string
  /** Lower-case letters. */
  word(maxLength: number): string
  bytes(length: number): Buffer
  /** Any JSON value. */
  json(depth?: number): unknown
}

const STRANGE = [
  '\u0000',
  '\u0007',
  '\u007f',
  '\u0085',
  '\u202e',
  '\ud800',
  '\udfff',
  '\ufeff',
  '😀',
  '%00',
  '{{7*7}}',
  "'; --",
  '../',
  '\r\n',
  '__proto__',
  '"',
  '\\',
]

/** The mulberry32 generator, seeded per request so that each can be made again alone. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const chance = (probability: number) => next() < probability
  const pick = <T>(from: readonly T[]): T => from[int(0, from.length - 1)] as T
  const repeat = (length: number, make: () => string) => Array.from({ length }, make).join('')
  const word = (maxLength: number) =>
    repeat(int(1, maxLength), () => String.fromCharCode(int(97, 122)))
  const text = (maxLength: number) =>
    repeat(int(0, maxLength), () =>
      chance(0.2)
        ? pick(STRANGE)
        : String.fromCharCode(chance(0.8) ? int(32, 126) : int(0, 65_535)),
    )

  function json(depth = 3): unknown {
    const kind = int(0, depth > 0 ? 7 : 5)
    if (kind === 0) return null
    if (kind === 1) return chance(0.5)
    if (kind === 2) return int(-1_000_000, 1_000_000)
    if (kind === 3) return next() * 10 ** int(-20, 20)
    if (kind < 6) return text(20)
    const values = Array.from({ length: int(0, 4) }, () => json(depth - 1))
    if (kind === 6) return values
    return Object.fromEntries(values.map((value) => [text(10), value]))
  }

  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => int(0, 255)))
  return { int, chance, pick, text, word, bytes, json }
}
