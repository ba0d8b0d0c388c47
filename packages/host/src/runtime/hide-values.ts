/** Shorter values (`1`, `true`, a region) say nothing, and would leave holes in what is to be read. */
const MIN_SECRET_CHARS = 6

/** The text without the values of these variables; their names stand where they were. */
export function hideValues(text: string, variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .filter(([, value]) => value.length >= MIN_SECRET_CHARS)
    .sort(([, one], [, other]) => other.length - one.length) // one value may be part of another
    .reduce((rest, [name, value]) => rest.replaceAll(value, `[${name}]`), text)
}
