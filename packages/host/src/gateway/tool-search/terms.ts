// A text as what is compared: words in their plain form, names split where they are written together
// (camelCase, snake_case), Japanese as words and as pairs of characters, because words alone are cut
// differently in a query than in a description.
import { stem } from './stem.ts'

/** Words of a language that is written without spaces. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu
const HIRAGANA_ONLY = /^\p{Script=Hiragana}+$/u
const LATIN = /[\p{L}\p{N}]+/gu
const CASE_BORDER = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const DIGIT_BORDER = /(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/u

let segmenter: Intl.Segmenter | undefined

/** The terms of a text, in its order; what says nothing about a tool is left out. */
export function readTerms(text: string): readonly string[] {
  const terms: string[] = []
  const rest = text.normalize('NFKC').replaceAll(CJK, (run) => {
    addJapanese(run, terms)
    return ' '
  })
  for (const [run] of rest.matchAll(LATIN)) {
    for (const word of run.split(CASE_BORDER).flatMap((part) => part.split(DIGIT_BORDER))) {
      const lower = word.toLowerCase()
      if (!STOP_WORDS.has(lower)) terms.push(stem(lower))
    }
  }
  return terms
}

function addJapanese(run: string, terms: string[]): void {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' })
  for (const { segment } of segmenter.segment(run)) {
    if (segment.length > 1 || !HIRAGANA_ONLY.test(segment)) terms.push(segment)
  }
  for (let at = 0; at + 2 <= run.length; at++) {
    const pair = run.slice(at, at + 2)
    if (!HIRAGANA_ONLY.test(pair)) terms.push(`${pair}…`) // no word's
  }
}

/** Grammar, and what people say to any assistant. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about an and any are as at be been but by can could did do does for from get give go had has have
   help how i if in into is it its just know let like look make may me my need no not of on or our
   please provide show so some such tell than that the their them then there these they this to try up
   us use used user using want was we were what when where which who will with would you your find`.split(
    /\s+/,
  ),
)
