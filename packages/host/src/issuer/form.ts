/** RFC 6749 §3.1: a parameter came twice. */
export class RepeatedParameter extends Error {
  override readonly name = 'RepeatedParameter'
}

/** Parameters of a query or a form. One without a value counts as left out; none may come twice. */
export function readForm(text: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue
    if (form.has(name)) throw new RepeatedParameter(name)
    form.set(name, value)
  }
  return form
}

const FORM = /^application\/x-www-form-urlencoded *(?:;|$)/i

export function isForm(contentType: string | undefined): boolean {
  return FORM.test(contentType ?? '')
}
