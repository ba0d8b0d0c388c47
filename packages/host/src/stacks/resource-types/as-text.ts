/** A scalar as the text that it is in a name or an id; anything else is the empty one. */
export function asText(value: unknown): string {
  const isScalar =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isScalar ? String(value) : ''
}
