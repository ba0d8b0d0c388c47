import { stripVTControlCharacters } from 'node:util'

/** Programs colour what they write, and move the cursor; neither must reach a terminal of ours. */
export function stripControls(line: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken away
  return stripVTControlCharacters(line).replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, '')
}
