/** What an operation answers, or takes. */
export type Output = Readonly<Record<string, unknown>>
