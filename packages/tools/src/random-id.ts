/** A UUID; the module behind it is loaded by the first call that wants one. */
export function randomId(): string {
  return process.getBuiltinModule('node:crypto').randomUUID()
}
