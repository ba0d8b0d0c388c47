/** A change whose value is text already: from here on, nothing of the caller's runs. */
export interface TextChange {
  readonly kind: string
  readonly id: string
  /** Undefined removes the row. */
  readonly text: string | undefined
}

interface Change {
  readonly kind: string
  readonly id: string
  readonly value?: object | undefined
}

/**
 * Turns values into text before a transaction begins. A `toJSON` that throws, or that writes to the
 * store itself, then meets no transaction that is half done.
 */
export function textsOf(changes: readonly Change[]): readonly TextChange[] {
  return changes.map(({ kind, id, value }) => ({ kind, id, text: value && textOf(value) }))
}

export function textOf(value: object): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError('A row holds what JSON can say')
  return text
}
