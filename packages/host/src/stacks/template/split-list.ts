/** The members of a CommaDelimitedList; spaces around them are not theirs. */
export function splitList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((member) => member.trim())
}
